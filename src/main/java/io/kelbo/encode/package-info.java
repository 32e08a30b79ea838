/** From an observation and its surroundings to the numbers that the network reads. */
@NullMarked
package io.kelbo.encode;

import org.jspecify.annotations.NullMarked;
