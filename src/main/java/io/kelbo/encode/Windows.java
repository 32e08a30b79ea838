package io.kelbo.encode;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;

/**
 * Standardises the recent values of the measured fields and cuts windows out of them. Immutable;
 * scratch is the caller's. A field is measured if it takes more than two values: commands and flags
 * have no form over time (temporal.md, section 2).
 */
public final class Windows {
  private static final int MOST_NUMBERS = 1 << 20; // a corrupt snapshot must not fill the memory

  private final int[] fields;
  private final double[] mean;
  private final double[] sd;
  private final double[] means; // (reach, channels)
  private final double[] overs; // (reach, channels)
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
    if (reach < 1 || (long) reach * fields.length > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "windows of %d fields cannot look %d records back; the product must be 1 to %d"
              .formatted(fields.length, reach, MOST_NUMBERS));
    }
    this.means = new double[reach * fields.length];
    this.overs = new double[means.length];
    double[] over = WindowScale.inverse(sd);
    for (int i = 0; i < means.length; i++) {
      means[i] = mean[i % fields.length];
      overs[i] = over[i % fields.length];
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
   * Standardises, and sums up over time, so that each block's mean is one subtraction.
   *
   * @param values (reach, channels) raw, the newest last; overwritten by their standardised form
   * @param sums (reach + 1, channels) written
   */
  public void standardise(double[] values, double[] sums) {
    if (!Kernels.best().standardise(values, means, overs, limit)) {
      for (int i = 0; i < values.length; i++) {
        double z = values[i];
        values[i] = Double.isNaN(z) ? 0 : Encoder.squash(z, limit);
      }
    }
    int channels = fields.length;
    Arrays.fill(sums, 0, channels, 0);
    if (channels == 1) { // a sum in a register: its chain is half as long as one through memory
      double sum = 0;
      for (int i = 0; i < reach; i++) {
        sum += values[i];
        sums[i + 1] = sum;
      }
      return;
    }
    for (int i = 0; i < reach * channels; i++) {
      sums[i + channels] = sums[i] + values[i];
    }
  }

  /**
   * @param values (reach, channels) standardised
   * @param sums (reach + 1, channels)
   * @param out (scales, points, channels) written
   */
  public void cut(WindowShape shape, double[] values, double[] sums, double[] out) {
    int channels = fields.length;
    int o = 0;
    for (int scale : shape.scales()) {
      for (int j = 0; j < shape.points(); j++) {
        int end = (reach - j * scale) * channels;
        if (shape.differences()) {
          for (int c = 0; c < channels; c++) {
            out[o + c] = values[end - channels + c] - values[end - 2 * channels + c];
          }
        } else if (scale == 1) {
          System.arraycopy(values, end - channels, out, o, channels);
        } else {
          mean(sums, end, scale, out, o);
        }
        o += channels;
      }
    }
  }

  /** Writes the means of so many records before {@code end}. */
  private void mean(double[] sums, int end, int records, double[] out, int at) {
    int begin = end - records * fields.length;
    for (int c = 0; c < fields.length; c++) {
      out[at + c] = (sums[end + c] - sums[begin + c]) / records;
    }
  }

  /**
   * The level at two time scales.
   *
   * @param records whose mean is the slower one; fewer where less is looked back upon
   * @param levels (2, channels) written
   */
  public void levels(double[] values, double[] sums, int records, double[][] levels) {
    int channels = fields.length;
    System.arraycopy(values, (reach - 1) * channels, levels[0], 0, channels);
    mean(sums, reach * channels, Math.min(records, reach), levels[1], 0);
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
