/** The same engine over history: files in, scores and figures out. */
@NullMarked
package io.kelbo.backtest;

import org.jspecify.annotations.NullMarked;
