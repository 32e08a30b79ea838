package io.kelbo.train;

import java.util.Arrays;

/** Quantiles of figures of which some are not known (NaN). */
final class Quantiles {
  private Quantiles() {}

  /** By linear interpolation; NaN of nothing. */
  static double of(double[] figures, double share) {
    double[] known = Arrays.stream(figures).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (known.length == 0) {
      return Double.NaN;
    }
    double place = share * (known.length - 1);
    int low = (int) place;
    int high = Math.min(known.length - 1, low + 1);
    return known[low] + (place - low) * (known[high] - known[low]);
  }

  /** The 95 % point, never 0: what scores are measured in. */
  static double usual(double[] scores) {
    double mean = Arrays.stream(scores).filter(v -> !Double.isNaN(v)).average().orElse(0);
    return of(scores, 0.95) + 1e-3 * Math.max(1e-3, mean);
  }
}
