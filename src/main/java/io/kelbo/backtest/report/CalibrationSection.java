package io.kelbo.backtest.report;

import io.kelbo.backtest.ScoredRow;
import io.kelbo.report.Chart;
import io.kelbo.report.Markup;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Whether p-values keep their word: the share of rows below p, against p. */
final class CalibrationSection {
  private static final int FEWEST = 20; // of fewer rows a share says nothing
  private static final int POINTS_A_DECADE = 6;

  private final List<ScoredRow> rows;

  CalibrationSection(List<ScoredRow> rows) {
    this.rows = rows;
  }

  String html(boolean labelled) {
    double[] all = sorted(row -> true);
    double[] normal = sorted(row -> "0".equals(row.label()));
    if (all.length < FEWEST) {
      return "";
    }
    int decades = Math.max(1, (int) Math.floor(Math.log10(all.length)));
    Chart chart =
        new Chart(520, 300, 92, new Chart.Range(-decades, 0), new Chart.Range(-decades - 0.5, 0));
    for (int k = 0; k <= decades; k++) {
      String label = k == 0 ? "all" : Markup.oneIn(Math.pow(10, -k));
      chart.markY(-k, label).markX(-k, label);
    }
    double[] xs = new double[decades * POINTS_A_DECADE + 1];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = -decades + (double) i / POINTS_A_DECADE;
    }
    double two = Math.log10(2);
    chart.band(
        xs,
        Arrays.stream(xs).map(x -> x - two).toArray(),
        Arrays.stream(xs).map(x -> Math.min(0, x + two)).toArray(),
        "allowed");
    chart.line(xs, xs, "ideal");
    chart.line(xs, realised(all, xs), "score");
    boolean both = labelled && normal.length >= FEWEST && normal.length < all.length;
    if (both) {
      chart.line(xs, realised(normal, xs), "truth");
    }
    return Markup.section(
        "calibration",
        "Do the probabilities keep their word?",
        "Along the bottom: how rare Kelbo said a row is. Upwards: how often such rows came. On the"
            + " dotted diagonal both agree, in the shaded band within a factor of two. The <b"
            + " class=\"score\">line of all rows</b> lies above it where there are faults, or where"
            + " the stream has moved away from what was learned"
            + (both ? "; that of <b class=\"truth\">rows labelled as normal</b> should not." : "."),
        chart.svg("realised share of rows against the stated probability"));
  }

  private double[] sorted(Predicate<ScoredRow> wanted) {
    return rows.stream()
        .filter(row -> row.verdict().scored())
        .filter(wanted)
        .mapToDouble(row -> row.verdict().pValue())
        .sorted()
        .toArray();
  }

  /** Log10 of the share of p at or below each {@code 10^x}; NaN where there is none. */
  static double[] realised(double[] sorted, double[] xs) {
    double[] shares = new double[xs.length];
    for (int i = 0; i < xs.length; i++) {
      double p = Math.pow(10, xs[i]) * (1 + 1e-12);
      int below = 0;
      while (below < sorted.length && sorted[below] <= p) {
        below++;
      }
      shares[i] = below == 0 ? Double.NaN : Math.log10((double) below / sorted.length);
    }
    return shares;
  }
}
