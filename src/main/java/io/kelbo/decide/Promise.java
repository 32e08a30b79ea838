package io.kelbo.decide;

/**
 * Makes p-values keep their promise for an entity: after each record the p-values that count as 1 %
 * and as 0.1 % move, so that this share of its records lies below (adaptive conformal inference,
 * Gibbs and Candès 2021, section 2; steps shrink as one over the records seen). They stay within a
 * third and three times of what the model said. Immutable; an entity's part stands in its
 * adaptation from {@code at} on.
 *
 * <p>Too many small p-values may be real faults, which come in a row: what would make the entity
 * less watchful than its model counts once in {@value Calibration#RUN} records.
 */
public final class Promise {
  /** How many numbers of an adaptation it takes. */
  public static final int FLOATS = 4;

  private static final double[] NOMINAL = {1e-2, 1e-3};
  private static final double[] PRIOR = {16, 4}; // expected records that the model's word is worth
  private static final double MOST = StrictMath.log(3);
  private static final int MEMORY = 50_000; // records

  // ln of promised over said, for each nominal rate; then the records seen, and those until another
  // row may begin.
  private static final int SEEN = 2;
  private static final int ROW = 3;

  private Promise() {}

  /** What a p-value in (0, 1] is worth, in (0, 1]; the order of p-values stays. */
  public static double kept(double p, float[] numbers, int at) {
    double said = StrictMath.log(p);
    double from = 0;
    double worth = 0;
    for (int n = 0; n < NOMINAL.length; n++) {
      double nominal = StrictMath.log(NOMINAL[n]);
      double to = nominal - numbers[at + n];
      if (said >= to) {
        return StrictMath.exp(worth + (said - from) / (to - from) * (nominal - worth));
      }
      from = to;
      worth = nominal;
    }
    return Math.max(Double.MIN_NORMAL, StrictMath.exp(worth + said - from));
  }

  /**
   * Learns from a record.
   *
   * @param kept what its p-value was worth
   */
  public static void add(double kept, float[] numbers, int at) {
    boolean first = numbers[at + ROW] <= 0;
    for (int n = 0; n < NOMINAL.length; n++) {
      double strict = numbers[at + n];
      boolean counts = kept < NOMINAL[n] && (first || strict < 0);
      double step = 1 / (NOMINAL[n] * numbers[at + SEEN] + PRIOR[n]);
      strict += step * ((counts ? 1 : 0) - NOMINAL[n]);
      numbers[at + n] = (float) Math.max(-MOST, Math.min(MOST, strict));
    }
    numbers[at + ROW] = kept < NOMINAL[0] ? Calibration.RUN : Math.max(0, numbers[at + ROW] - 1);
    numbers[at + SEEN] = Math.min(MEMORY, numbers[at + SEEN] + 1);
  }
}
