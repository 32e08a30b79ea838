/** Kelbo inside any Tribuo pipeline: its trainer and model as Tribuo's, for rows without order. */
@NullMarked
package io.kelbo.tribuo;

import org.jspecify.annotations.NullMarked;
