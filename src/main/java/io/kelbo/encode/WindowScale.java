package io.kelbo.encode;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/** Puts a window's numbers on one scale, so that slow means count as much as fast values. */
public final class WindowScale {
  private static final double SMALLEST_SHARE = 1e-6;

  private final double[] mean;
  private final double[] sd;
  private final double[] over;

  /**
   * @param mean (features)
   * @param sd (features) positive
   */
  public WindowScale(double[] mean, double[] sd) {
    this.mean = mean.clone();
    this.sd = sd.clone();
    this.over = inverse(sd);
    for (int i = 0; i < sd.length; i++) {
      if (mean.length != sd.length || !(sd[i] > 0) || !Double.isFinite(mean[i])) {
        throw new IllegalArgumentException(
            "a window's number %d has scale %s; it must be positive and finite"
                .formatted(i, sd[i]));
      }
    }
  }

  /** {@code 1 / sd}, finite also of the tiniest: divisions were a tenth of a verdict's time. */
  static double[] inverse(double[] sd) {
    double[] over = new double[sd.length];
    for (int i = 0; i < sd.length; i++) {
      over[i] = Math.min(1 / sd[i], Double.MAX_VALUE);
    }
    return over;
  }

  /** A copy of what is subtracted. */
  public double[] mean() {
    return mean.clone();
  }

  /** A copy of what is divided by. */
  public double[] sd() {
    return sd.clone();
  }

  /** Learns from rows of (features); a number that never changes takes the median scale. */
  public static WindowScale learn(List<double[]> rows) {
    int d = rows.get(0).length;
    double[] mean = new double[d];
    double[] sd = new double[d];
    double[] largest = new double[d];
    for (double[] row : rows) {
      for (int i = 0; i < d; i++) {
        mean[i] += row[i] / rows.size();
        largest[i] = Math.max(largest[i], Math.abs(row[i]));
      }
    }
    for (double[] row : rows) {
      for (int i = 0; i < d; i++) {
        sd[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / rows.size();
      }
    }
    boolean[] live = new boolean[d];
    for (int i = 0; i < d; i++) {
      sd[i] = Math.sqrt(sd[i]);
      live[i] = sd[i] > SMALLEST_SHARE * Math.max(largest[i], 1e-12);
    }
    fillDead(sd, live);
    return new WindowScale(mean, sd);
  }

  /** Gives what never changed the median of the other scales, 1 where there is none. */
  public static void fillDead(double[] sd, boolean[] live) {
    double[] alive =
        java.util.stream.IntStream.range(0, sd.length)
            .filter(i -> live[i])
            .mapToDouble(i -> sd[i])
            .sorted()
            .toArray();
    double median =
        alive.length == 0 ? 1 : 0.5 * (alive[alive.length / 2] + alive[(alive.length - 1) / 2]);
    for (int i = 0; i < sd.length; i++) {
      sd[i] = live[i] ? sd[i] : median;
    }
  }

  /**
   * In place; deviations beyond {@code limit} grow by their logarithm only; centred windows lose
   * their own mean afterwards.
   */
  public void apply(double[] window, boolean centred, double limit) {
    if (!Kernels.best().standardise(window, mean, over, limit)) {
      for (int i = 0; i < window.length; i++) {
        window[i] = Encoder.squash(window[i], limit);
      }
    }
    if (centred) {
      double sum = 0;
      for (double number : window) {
        sum += number;
      }
      double level = sum / window.length;
      for (int i = 0; i < window.length; i++) {
        window[i] -= level;
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WindowScale scale
        && Arrays.equals(mean, scale.mean)
        && Arrays.equals(sd, scale.sd);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(mean);
  }
}
