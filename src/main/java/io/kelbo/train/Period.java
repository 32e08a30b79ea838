package io.kelbo.train;

import io.kelbo.encode.Windows;
import io.kelbo.record.Run;
import java.util.List;

/**
 * How many records a cycle of one measured field takes: the first strong peak of the
 * autocorrelation after its first dip below .2, of the values less their moving mean; 0 where there
 * is none (temporal.md, section 3).
 */
final class Period {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 400;
  private static final double DIP = 0.2;
  private static final double STRONG = 0.25;
  private static final double NEARLY_HIGHEST = 0.85;

  private Period() {}

  static int of(List<Run> runs, Windows windows) {
    int longestRun = runs.stream().mapToInt(r -> r.moments().size()).max().orElse(0);
    int most = Math.min(LONGEST, longestRun / 3);
    if (most <= SHORTEST + 2) {
      return 0;
    }
    double[] products = new double[most + 1];
    double[] pairs = new double[most + 1];
    for (Run run : runs) {
      add(levelled(run, windows, most), products, pairs);
    }
    double[] r = new double[most + 1];
    for (int k = 0; k <= most; k++) {
      r[k] = products[k] / Math.max(pairs[k], 1) / Math.max(products[0] / pairs[0], 1e-9);
    }
    return firstPeak(r);
  }

  /** The field's values less the mean of those before, and less their own mean. */
  private static double[] levelled(Run run, Windows windows, int most) {
    int field = windows.fields()[0];
    int n = run.moments().size();
    double[] z = new double[n];
    double last = Double.NaN;
    for (int i = 0; i < n; i++) {
      double raw = run.moments().get(i).observation().number(field);
      last = Double.isNaN(raw) ? last : raw;
      z[i] = MeasuredFields.standardised(windows, 0, last);
    }
    int span = Math.min(4 * most, n);
    double[] level = new double[n];
    double sum = 0;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      sum += z[i] - (i >= span ? z[i - span] : 0);
      level[i] = z[i] - sum / Math.min(i + 1, span);
      mean += level[i] / n;
    }
    for (int i = 0; i < n; i++) {
      level[i] -= mean;
    }
    return level;
  }

  private static void add(double[] level, double[] products, double[] pairs) {
    for (int k = 0; k < products.length && k < level.length; k++) {
      double sum = 0;
      for (int i = k; i < level.length; i++) {
        sum += level[i] * level[i - k];
      }
      products[k] += sum;
      pairs[k] += level.length - k;
    }
  }

  private static int firstPeak(double[] r) {
    int dip = 0;
    while (dip < r.length && r[dip] >= DIP) {
      dip++;
    }
    double highest = 0;
    for (int i = Math.max(SHORTEST, dip) + 1; i < r.length - 1; i++) {
      highest = peak(r, i) ? Math.max(highest, r[i]) : highest;
    }
    if (highest < STRONG) {
      return 0;
    }
    for (int i = Math.max(SHORTEST, dip) + 1; i < r.length - 1; i++) {
      if (peak(r, i) && r[i] >= NEARLY_HIGHEST * highest) {
        return i;
      }
    }
    return 0;
  }

  private static boolean peak(double[] r, int i) {
    return r[i] >= r[i - 1] && r[i] >= r[i + 1];
  }
}
