/** The commands. */
@NullMarked
package io.kelbo.cli;

import org.jspecify.annotations.NullMarked;
