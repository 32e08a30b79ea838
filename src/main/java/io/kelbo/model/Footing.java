package io.kelbo.model;

/**
 * How one field behaved over the training window, block of time by block of time: what drift is
 * measured against. Values are on the model's own scale ({@link Yardstick}).
 *
 * @param mean mean of the blocks' means
 * @param meanSd standard deviation of the blocks' means
 * @param logVariance mean of the blocks' log variances
 * @param logVarianceSd their standard deviation
 * @param missing mean share of records without a value, in [0, 1]
 * @param missingSd its standard deviation over the blocks
 */
public record Footing(
    double mean,
    double meanSd,
    double logVariance,
    double logVarianceSd,
    double missing,
    double missingSd) {
  /** Added to a variance before its logarithm, so that a constant field has one. */
  public static final double LEAST_VARIANCE = 1e-4;

  /** The numbers in order, as they are stored. */
  public double[] numbers() {
    return new double[] {mean, meanSd, logVariance, logVarianceSd, missing, missingSd};
  }

  /**
   * @param numbers as {@link #numbers} gave them
   */
  public static Footing of(double[] numbers) {
    if (numbers.length != 6) {
      throw new IllegalArgumentException(
          "a footing has %d numbers but must have 6".formatted(numbers.length));
    }
    return new Footing(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
  }
}
