package io.kelbo.kernel;

/**
 * The natural {@code log} with the same bits on every machine and in both kernels.
 *
 * <p>{@code x = 2^k m}, {@code √½ ≤ m < √2}, {@code f = m - 1}, {@code s = f / (2 + f)}; {@code log
 * m = f - ½f² + s (½f² + R(s²))}: fdlibm's e_log.c (Sun 1993) with its coefficients of R, one fma
 * each. At most one last bit from {@code StrictMath.log} over 3 million arguments (2026-11-24).
 */
public final class Logarithm {
  static final double LN2_HIGH = 6.93147180369123816490e-01; // 33 bits: k times it is exact
  static final double LN2_LOW = 1.90821492927058770002e-10;
  static final double R1 = 6.666666666666735130e-01;
  static final double R2 = 3.999999999940941908e-01;
  static final double R3 = 2.857142874366239149e-01;
  static final double R4 = 2.222219843214978396e-01;
  static final double R5 = 1.818357216161805012e-01;
  static final double R6 = 1.531383769920937332e-01;
  static final double R7 = 1.479819860511658591e-01;

  /** The bits of about √½, the least that m may be. */
  static final long LEAST = 0x3fe6a09e00000000L;

  static final long ONE = 0x3ff0000000000000L;
  static final long FRACTION = 0x000fffffffffffffL;

  private Logarithm() {}

  /** {@code log x}; -∞ at 0, NaN below 0 and for NaN. */
  public static double log(double x) {
    if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
      return unusual(x);
    }
    return normal(x, 0);
  }

  private static double unusual(double x) {
    if (x > 0 && x < 1) {
      return normal(x * 0x1p54, -54); // subnormal
    }
    if (x == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return x > 0 ? x : Double.NaN;
  }

  private static double normal(double x, double shift) {
    long bits = Double.doubleToRawLongBits(x) + (ONE - LEAST);
    double k = (bits >>> 52) - 1023 + shift;
    double f = Double.longBitsToDouble((bits & FRACTION) + LEAST) - 1;
    double s = f / (2 + f);
    double z = s * s;
    double r = R7;
    r = Math.fma(r, z, R6);
    r = Math.fma(r, z, R5);
    r = Math.fma(r, z, R4);
    r = Math.fma(r, z, R3);
    r = Math.fma(r, z, R2);
    r = Math.fma(r, z, R1);
    r = r * z;
    double half = 0.5 * f * f;
    return Math.fma(k, LN2_HIGH, f - (half - Math.fma(s, half + r, k * LN2_LOW)));
  }
}
