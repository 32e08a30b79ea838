package io.kelbo.decide;

/**
 * How much stranger than others an entity always is, so that it does not alarm for ever: by what
 * factor the scores of its records alone lie above those that the model learned from, median
 * against median. They are divided by it before they are held against all entities'.
 *
 * <p>The median is followed by steps of one size, up where a record lies above it and down where
 * below, so that it does not matter how far out a fault is: one that strikes every record moves it
 * by a factor of e in 500. Immutable; an entity's part stands in its adaptation from {@code at} on.
 */
public final class Oddness {
  /** How many numbers of an adaptation it takes: the logarithm of the factor, 0 at the start. */
  public static final int FLOATS = 1;

  private static final double STEP = 0.002;
  // So far medians of entities that are alike lie apart by chance. Without it the p-values of a
  // steady stream were a tenth too large.
  private static final double ALIKE = StrictMath.log(1.25);
  // Noise that is three times as large has ten times the squares. What is further out is no oddness
  // but another thing, and a training's.
  private static final double MOST = StrictMath.log(10);

  private Oddness() {}

  /** What the entity's scores are to be divided by, at least 1 and at most 8. */
  public static double of(float[] numbers, int at) {
    return StrictMath.exp(Math.max(0, numbers[at] - ALIKE));
  }

  /**
   * Learns from a record.
   *
   * @param score of the record alone, in nats
   * @param median of the scores that the model learned from, in nats, above 0
   */
  public static void add(double score, double median, float[] numbers, int at) {
    double step = score > median * StrictMath.exp(numbers[at]) ? STEP : -STEP;
    numbers[at] = (float) Math.max(0, Math.min(MOST, numbers[at] + step));
  }
}
