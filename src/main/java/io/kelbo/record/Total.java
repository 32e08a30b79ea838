package io.kelbo.record;

/**
 * The scale that a model sees a running total on: not where it stands, which only ever rises, but
 * what it grew by a record. Of a field that is {@link Field#counted} those are a few things,
 * counted (Poisson); of others the growth is in the field's own steps and by its inverse hyperbolic
 * sine (Gaussian): it is often spread over decades, and a standard deviation of it would be that of
 * its few largest.
 */
public final class Total {
  private static final double ANEW = -5.3; // 100 steps
  private static final double LARGE = 1e8; // from here on sqrt(x² + 1) is x

  private Total() {}

  /**
   * @param growth in the field's unit, a record; NaN where unknown
   * @param step of the field
   * @return finite, or NaN for NaN, and for the fall of a field that is counted: it began anew
   */
  public static double scaled(double growth, double step) {
    if (step == Field.COUNTED) {
      return growth < 0 ? Double.NaN : Math.rint(growth);
    }
    // Huge growth in tiny steps overflows; what is infinite would count as missing.
    double steps = Value.finite(growth / step);
    double x = Math.abs(steps);
    double scaled =
        x > LARGE
            ? StrictMath.log(x) + StrictMath.log(2)
            : StrictMath.log1p(x + x * x / (1 + Math.sqrt(x * x + 1)));
    return Math.copySign(scaled, steps);
  }

  /**
   * What goes on after a record: NaN where a total fell by so much that it began anew, as counters
   * do when their process is started again, a matter of one record and not of those that follow.
   *
   * @param scaled see {@link #scaled}
   */
  public static double ongoing(double scaled) {
    return scaled < ANEW ? Double.NaN : scaled;
  }

  /** What {@link #scaled} scaled: the growth a record in the field's unit, finite. */
  public static double growth(double scaled, double step) {
    return step == Field.COUNTED
        ? scaled
        : Value.finite(Value.finite(StrictMath.sinh(scaled)) * step);
  }

  /** What a total grew by a record, from where it stood so many records before; finite, or NaN. */
  public static double growth(double before, double now, int records) {
    // Halves, so that huge numbers of opposite signs lie no infinity apart.
    return Value.finite(2 * ((now / 2 - before / 2) / records));
  }
}
