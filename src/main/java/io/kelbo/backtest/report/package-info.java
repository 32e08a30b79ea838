/**
 * The report of a backtest: one page with pictures, readable offline by people who know no maths.
 */
@NullMarked
package io.kelbo.backtest.report;

import org.jspecify.annotations.NullMarked;
