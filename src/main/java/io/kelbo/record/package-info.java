/** What comes in: fields, observations, and how bytes become them. */
@NullMarked
package io.kelbo.record;

import org.jspecify.annotations.NullMarked;
