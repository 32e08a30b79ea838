package io.kelbo.vae;

/** Logarithms of the gamma function, for counts. */
final class LogGamma {
  private LogGamma() {}

  /** log Γ(x+1); relative error under 1e-10. */
  static double factorial(double x) {
    return rising(1, x);
  }

  /**
   * log Γ(r+x) - log Γ(r), r > 0, x ≥ 0, by Stirling's series from 8 up, so that no large r takes
   * away what is left; exact products below.
   */
  static double rising(double r, double x) {
    double shift = 0;
    double n = r;
    while (n < 8) {
      shift += StrictMath.log(n) - StrictMath.log(n + x);
      n++;
    }
    return shift
        + (n - 0.5) * StrictMath.log1p(x / n)
        + x * StrictMath.log(n + x)
        - x
        + series(n + x)
        - series(n);
  }

  private static double series(double n) {
    double inverse = 1 / n;
    double square = inverse * inverse;
    return inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
  }
}
