package io.kelbo.backtest;

/**
 * How well scores rank strange stretches above normal rows, where a label's edge is worth little: a
 * row near a stretch counts in part, and a stretch must be noticed at all. The volume under the
 * surface of range curves over buffers of 0 to 100 rows (Paparrizos et al., Volume Under the
 * Surface, PVLDB 15(11), 2022), at 250 thresholds by rank.
 *
 * @param vusPr mean area under range precision over range recall, in [0, 1]
 * @param vusRoc mean area under range recall over the range false positive rate, in [0, 1]
 */
public record RangeQuality(double vusPr, double vusRoc) {
  /** Rows, half of them to each side of a stretch. */
  public static final int LONGEST_BUFFER = 100;

  /**
   * An entity's rows are a series: buffers are counted in them and end where they do. One hundred
   * passes over the rows: .6 s for 100,000, every other one strange (Java 17, 2026-11-29).
   *
   * @param scores (rows), higher is stranger
   * @param strange (rows)
   * @param series (rows) which series each belongs to, from 0 on; within it rows are in order
   * @return NaN for both unless there are strange and normal rows
   */
  public static RangeQuality of(double[] scores, boolean[] strange, int[] series) {
    RangeCurves curves = new RangeCurves(scores, strange, series);
    if (curves.oneKind()) {
      return new RangeQuality(Double.NaN, Double.NaN);
    }
    double pr = 0;
    double roc = 0;
    for (int buffer = 0; buffer <= LONGEST_BUFFER; buffer++) {
      RangeCurves.Areas areas = curves.areas(buffer);
      pr += areas.pr();
      roc += areas.roc();
    }
    return new RangeQuality(pr / (LONGEST_BUFFER + 1), roc / (LONGEST_BUFFER + 1));
  }
}
