/** What an entity's stream has shown so far: recent raw records, adaptation, open episode. */
@NullMarked
package io.kelbo.context;

import org.jspecify.annotations.NullMarked;
