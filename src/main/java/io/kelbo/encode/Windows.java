package io.kelbo.encode;

import java.util.Arrays;

/**
 * Standardises the recent values of the measured fields and cuts windows out of them. Immutable;
 * scratch is the caller's. A field is measured if it takes more than two values: commands and flags
 * have no form over time (temporal.md, section 2).
 */
public final class Windows {
  private final int[] fields;
  private final double[] mean;
  private final double[] sd;
  private final double[] over;
  private final int reach;
  private final double limit;

  /**
   * @param fields places of the measured fields, ascending
   * @param mean (fields) in the field's unit
   * @param sd (fields) positive
   * @param reach records looked back upon, the present one included
   * @param limit deviations beyond this grow by their logarithm only
   */
  public Windows(int[] fields, double[] mean, double[] sd, int reach, double limit) {
    this.fields = fields.clone();
    this.mean = mean.clone();
    this.sd = sd.clone();
    this.over = WindowScale.inverse(sd);
    this.reach = reach;
    this.limit = limit;
    if (fields.length == 0 || mean.length != fields.length || sd.length != fields.length) {
      throw new IllegalArgumentException(
          "windows of %d fields were given %d means and %d scales"
              .formatted(fields.length, mean.length, sd.length));
    }
    for (int c = 0; c < fields.length; c++) {
      if (!(sd[c] > 0) || !Double.isFinite(mean[c])) {
        throw new IllegalArgumentException(
            "the mean of field %d is %s and its scale %s; they must be finite and positive"
                .formatted(fields[c], mean[c], sd[c]));
      }
    }
  }

  /** How many fields are measured. */
  public int channels() {
    return fields.length;
  }

  /** Records looked back upon, the present one included. */
  public int reach() {
    return reach;
  }

  /** The same fields and scales, looked at otherwise. */
  public Windows seen(int records, double beyond) {
    return new Windows(fields, mean, sd, records, beyond);
  }

  /** A copy of the places of the measured fields. */
  public int[] fields() {
    return fields.clone();
  }

  /** A copy of what is subtracted, by channel. */
  public double[] mean() {
    return mean.clone();
  }

  /** A copy of what is divided by, by channel. */
  public double[] sd() {
    return sd.clone();
  }

  /**
   * Standardises, and sums up from the left, so that each block's mean is one subtraction.
   *
   * @param values (channels, reach) raw, the newest last; overwritten by their standardised form
   * @param sums (channels, reach + 1) written
   */
  public void standardise(double[] values, double[] sums) {
    for (int c = 0; c < fields.length; c++) {
      double sum = 0;
      int at = c * reach;
      int to = c * (reach + 1);
      sums[to] = 0;
      for (int i = 0; i < reach; i++) {
        double raw = values[at + i];
        double z = Double.isNaN(raw) ? 0 : Encoder.squash((raw - mean[c]) * over[c], limit);
        values[at + i] = z;
        sum += z;
        sums[to + i + 1] = sum;
      }
    }
  }

  /**
   * @param values (channels, reach) standardised
   * @param sums (channels, reach + 1)
   * @param out (scales, points, channels) written
   */
  public void cut(WindowShape shape, double[] values, double[] sums, double[] out) {
    int o = 0;
    for (int scale : shape.scales()) {
      for (int j = 0; j < shape.points(); j++) {
        int end = reach - j * scale;
        for (int c = 0; c < fields.length; c++) {
          if (shape.differences()) {
            out[o++] = values[c * reach + end - 1] - values[c * reach + end - 2];
          } else if (scale == 1) {
            out[o++] = values[c * reach + end - 1];
          } else {
            int at = c * (reach + 1) + end;
            out[o++] = (sums[at] - sums[at - scale]) / scale;
          }
        }
      }
    }
  }

  /**
   * The level at several time scales: means of the newest 1 and 16 records.
   *
   * @param levels (2, channels) written
   */
  public void levels(double[] values, double[] sums, double[][] levels) {
    int longest = Math.min(16, reach);
    for (int c = 0; c < fields.length; c++) {
      int end = c * (reach + 1) + reach;
      levels[0][c] = values[c * reach + reach - 1];
      levels[1][c] = (sums[end] - sums[end - longest]) / longest;
    }
  }

  /**
   * Checks that windows of a shape can be cut.
   *
   * @param numbers that each is said to have
   * @throws IllegalArgumentException if it reaches further back, or has another number of them
   */
  public void mustHold(WindowShape shape, int numbers) {
    long wanted = (long) shape.scales().size() * shape.points() * fields.length;
    if (shape.farthest() > reach || numbers != wanted) {
      throw new IllegalArgumentException(
          "a window of %d numbers, %d records back, does not fit %d fields seen %d records back"
              .formatted(numbers, shape.farthest(), fields.length, reach));
    }
  }

  /** The field that each of a window's numbers comes from. */
  public int[] sources(WindowShape shape) {
    int[] sources = new int[shape.features(fields.length)];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = fields[i % fields.length];
    }
    return sources;
  }

  @Override
  public String toString() {
    return "windows over fields " + Arrays.toString(fields);
  }
}
