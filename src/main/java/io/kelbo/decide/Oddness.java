package io.kelbo.decide;

/**
 * How much stranger than others an entity always is, so that it does not alarm for ever: how far
 * the median and the upper quartile of its records' scores lie above those that the model learned
 * from. Its scores are moved and shrunk by that before they are held against all entities'.
 *
 * <p>Both are followed by steps of one size, up where a record lies above and down where below, so
 * that it does not matter how far out a fault is: one that strikes every record moves the median by
 * a factor of e in 500. They begin where {@link OddEntities} says. Immutable; an entity's part
 * stands in its adaptation from {@code at} on.
 *
 * @param median natural logarithm of its median over that of all; 0 for a usual entity
 * @param quartile natural logarithm of its upper quartile over that of all
 */
public record Oddness(float median, float quartile) {
  /** How many numbers of an adaptation it takes. */
  public static final int FLOATS = 2;

  /** As an entity is that nothing is known of. */
  public static final Oddness USUAL = new Oddness(0, 0);

  private static final double STEP = 0.002;
  // So far medians of entities that are alike lie apart by chance. Without it the p-values of a
  // steady stream were a tenth too large.
  private static final double ALIKE = StrictMath.log(1.25);
  // Noise that is three times as large has ten times the squares. What is further out is no oddness
  // but another thing, and a training's.
  private static final double MOST = StrictMath.log(10);

  /** An entity that sent fewer records is taken for usual: steps have not led beyond chance yet. */
  public static final int LEAST = (int) Math.ceil(ALIKE / STEP);

  public Oddness {
    if (!(median >= 0 && median <= (float) MOST && quartile >= 0 && quartile <= (float) MOST)) {
      throw new IllegalArgumentException(
          "an entity's median and quartile are %s and %s but must lie within 0 and %s"
              .formatted(median, quartile, MOST));
    }
  }

  /**
   * Of an entity's held-out scores.
   *
   * @param own its calibration, {@code all} that of all entities
   */
  static Oddness of(Calibration own, Calibration all) {
    return new Oddness(
        within(StrictMath.log(own.median() / all.median())),
        within(StrictMath.log(own.quartile() / all.quartile())));
  }

  /** Where an entity stands. */
  public static Oddness of(float[] numbers, int at) {
    return new Oddness(numbers[at], numbers[at + 1]);
  }

  /** Lets an entity begin here. */
  public void begin(float[] numbers, int at) {
    numbers[at] = median;
    numbers[at + 1] = quartile;
  }

  /**
   * Learns from a record.
   *
   * @param score of the record alone, in nats
   * @param all scores that the model learned from
   */
  public static void add(double score, Calibration all, float[] numbers, int at) {
    double median = score > all.median() * StrictMath.exp(numbers[at]) ? STEP : -STEP;
    double quartile =
        score > all.quartile() * StrictMath.exp(numbers[at + 1]) ? 1.5 * STEP : -0.5 * STEP;
    numbers[at] = within(numbers[at] + median);
    numbers[at + 1] = within(numbers[at + 1] + quartile);
  }

  private static float within(double above) {
    return (float) Math.max(0, Math.min(MOST, above));
  }

  /** Whether it makes a difference. */
  boolean odd() {
    return median > ALIKE;
  }

  /**
   * What a score of the entity is among those of all: less what its median has more, and shrunk as
   * its upper half is wider, though by no more than its median is larger. Noise of any size is so
   * divided by its own; what only lies elsewhere keeps its measure, and a fault of it its height.
   *
   * @param all scores of entities that are as usual
   */
  public double among(Calibration all, double score) {
    if (!odd()) {
      return score;
    }
    double times = StrictMath.exp(median - ALIKE);
    double own = all.quartile() * StrictMath.exp(quartile) - all.median() * StrictMath.exp(median);
    double wider = own / Math.max(all.quartile() - all.median(), 1e-6);
    wider = Math.max(1, Math.min(times, wider));
    return Math.max(0, all.median() + (score - times * all.median()) / wider);
  }
}
