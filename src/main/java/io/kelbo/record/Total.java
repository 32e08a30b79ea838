package io.kelbo.record;

/**
 * The scale that a model sees a running total on: not where it stands, which only ever rises, but
 * what it grew by a record, in the field's own steps and by its inverse hyperbolic sine. Growth is
 * often spread over decades: a standard deviation of it would be that of its few largest.
 */
public final class Total {
  private static final double LARGE = 1e8; // from here on sqrt(x² + 1) is x

  private Total() {}

  /**
   * @param growth in the field's unit, a record; NaN where unknown
   * @param step of the field, above 0
   * @return finite, or NaN for NaN
   */
  public static double scaled(double growth, double step) {
    // Huge growth in tiny steps overflows; what is infinite would count as missing.
    double steps = finite(growth / step);
    double x = Math.abs(steps);
    double scaled =
        x > LARGE
            ? StrictMath.log(x) + StrictMath.log(2)
            : StrictMath.log1p(x + x * x / (1 + Math.sqrt(x * x + 1)));
    return Math.copySign(scaled, steps);
  }

  /** What {@link #scaled} scaled: the growth a record in the field's unit, finite. */
  public static double growth(double scaled, double step) {
    return finite(finite(StrictMath.sinh(scaled)) * step);
  }

  /** What a total grew by a record, from where it stood so many records before; finite, or NaN. */
  public static double growth(double before, double now, int records) {
    // Halves, so that huge numbers of opposite signs lie no infinity apart.
    return finite(2 * ((now / 2 - before / 2) / records));
  }

  /** What consecutive values of a total grew by a record; NaN where fewer than two are known. */
  public static double growth(double[] values) {
    int first = 0;
    while (first < values.length && Double.isNaN(values[first])) {
      first++;
    }
    int last = values.length - 1;
    while (last > first && Double.isNaN(values[last])) {
      last--;
    }
    return last > first ? growth(values[first], values[last], last - first) : Double.NaN;
  }

  private static double finite(double number) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number)); // NaN stays NaN
  }
}
