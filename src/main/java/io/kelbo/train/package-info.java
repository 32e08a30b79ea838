/** Training as a pure function: sample, settings, seed to challenger; and the gate it must pass. */
@NullMarked
package io.kelbo.train;

import org.jspecify.annotations.NullMarked;
