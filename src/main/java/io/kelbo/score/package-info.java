/** How surprising an observation is, in nats, and which field makes it so. */
@NullMarked
package io.kelbo.score;

import org.jspecify.annotations.NullMarked;
