package io.kelbo.train;

import java.util.Locale;

/**
 * Two models on the same held-out rows: mean difference of their losses and its standard error.
 *
 * @param mean mean of (first - second), positive where the second is better
 * @param standardError of that mean
 */
record Comparison(double mean, double standardError) {
  static Comparison of(double[] first, double[] second) {
    int n = first.length;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += (first[i] - second[i]) / n;
    }
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double off = first[i] - second[i] - mean;
      squares += off * off;
    }
    return new Comparison(mean, Math.sqrt(squares / Math.max(1, n - 1) / Math.max(1, n)));
  }

  boolean secondBetterBy(double standardErrors) {
    return mean > standardErrors * standardError;
  }

  boolean secondWorseBy(double standardErrors) {
    return mean < -standardErrors * standardError;
  }

  /** The difference as people read it: {@code 0.031 ± 0.012 nats a record}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%+.3f ± %.3f nats a record", mean, standardError);
  }
}
