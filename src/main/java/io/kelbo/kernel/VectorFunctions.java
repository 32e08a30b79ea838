package io.kelbo.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponential}, {@link Logarithm} and what is made of them, a register at a time with the
 * same operations in the same order. Registers that hold an unusual number (NaN, infinite, out of
 * range), and what is left over, take the plain form. For {@link VectorKernels} only.
 */
final class VectorFunctions {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDE = DOUBLES.length();
  private static final ScalarKernels PLAIN = ScalarKernels.INSTANCE;
  private static final double TWO_52 = 0x1p52; // its last bit is worth one

  private VectorFunctions() {}

  static void exp(double[] x, int xAt, int n, double[] y, int yAt) {
    int i = 0;
    for (; i <= n - WIDE; i += WIDE) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xAt + i);
      if (v.compare(GE, Exponential.LOWEST).and(v.compare(LE, Exponential.HIGHEST)).allTrue()) {
        exp(v).intoArray(y, yAt + i);
      } else {
        PLAIN.exp(x, xAt + i, WIDE, y, yAt + i);
      }
    }
    PLAIN.exp(x, xAt + i, n - i, y, yAt + i);
  }

  private static DoubleVector exp(DoubleVector x) {
    DoubleVector shifted = x.mul(Exponential.LOG2_E).add(Exponential.ROUND);
    DoubleVector k = shifted.sub(Exponential.ROUND);
    DoubleVector r = k.neg().fma(all(Exponential.LN2_HIGH), x);
    r = k.neg().fma(all(Exponential.LN2_LOW), r);
    DoubleVector p = all(1.0 / 6227020800.0);
    p = p.fma(r, all(1.0 / 479001600.0));
    p = p.fma(r, all(1.0 / 39916800.0));
    p = p.fma(r, all(1.0 / 3628800.0));
    p = p.fma(r, all(1.0 / 362880.0));
    p = p.fma(r, all(1.0 / 40320.0));
    p = p.fma(r, all(1.0 / 5040.0));
    p = p.fma(r, all(1.0 / 720.0));
    p = p.fma(r, all(1.0 / 120.0));
    p = p.fma(r, all(1.0 / 24.0));
    p = p.fma(r, all(1.0 / 6.0));
    p = p.fma(r, all(0.5));
    p = p.fma(r, all(1.0));
    p = p.fma(r, all(1.0));
    LongVector whole =
        shifted.reinterpretAsLongs().sub(Double.doubleToRawLongBits(Exponential.ROUND));
    LongVector half = whole.lanewise(VectorOperators.ASHR, 1);
    return p.mul(power(half)).mul(power(whole.sub(half)));
  }

  /** {@code 2^k} by the bits of the exponent. */
  private static DoubleVector power(LongVector k) {
    return k.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
  }

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(DOUBLES, value);
  }

  static void log(double[] x, int xAt, int n, double[] y, int yAt) {
    int i = 0;
    for (; i <= n - WIDE; i += WIDE) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xAt + i);
      if (v.compare(GE, Double.MIN_NORMAL).and(v.compare(LE, Double.MAX_VALUE)).allTrue()) {
        log(v).intoArray(y, yAt + i);
      } else {
        PLAIN.log(x, xAt + i, WIDE, y, yAt + i);
      }
    }
    PLAIN.log(x, xAt + i, n - i, y, yAt + i);
  }

  private static DoubleVector log(DoubleVector x) {
    LongVector bits = x.reinterpretAsLongs().add(Logarithm.ONE - Logarithm.LEAST);
    DoubleVector k =
        bits.lanewise(VectorOperators.LSHR, 52)
            .add(Double.doubleToRawLongBits(TWO_52))
            .reinterpretAsDoubles()
            .sub(TWO_52 + 1023);
    DoubleVector f =
        bits.lanewise(VectorOperators.AND, Logarithm.FRACTION)
            .add(Logarithm.LEAST)
            .reinterpretAsDoubles()
            .sub(1);
    DoubleVector s = f.div(f.add(2));
    DoubleVector z = s.mul(s);
    DoubleVector r = all(Logarithm.R7);
    r = r.fma(z, all(Logarithm.R6));
    r = r.fma(z, all(Logarithm.R5));
    r = r.fma(z, all(Logarithm.R4));
    r = r.fma(z, all(Logarithm.R3));
    r = r.fma(z, all(Logarithm.R2));
    r = r.fma(z, all(Logarithm.R1));
    r = r.mul(z);
    DoubleVector half = f.mul(0.5).mul(f);
    DoubleVector rest = s.fma(half.add(r), k.mul(Logarithm.LN2_LOW));
    return k.fma(all(Logarithm.LN2_HIGH), f.sub(half.sub(rest)));
  }

  static void silu(double[] x, int xAt, int n, double[] y, int yAt) {
    int i = 0;
    for (; i <= n - WIDE; i += WIDE) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xAt + i);
      if (usual(v)) {
        v.mul(sigmoid(v)).intoArray(y, yAt + i);
      } else {
        PLAIN.silu(x, xAt + i, WIDE, y, yAt + i);
      }
    }
    PLAIN.silu(x, xAt + i, n - i, y, yAt + i);
  }

  static void siluSlope(double[] x, int xAt, int n, double[] g, int gAt) {
    int i = 0;
    for (; i <= n - WIDE; i += WIDE) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xAt + i);
      if (usual(v)) {
        DoubleVector s = sigmoid(v);
        DoubleVector slope = s.mul(v.mul(all(1).sub(s)).add(1));
        DoubleVector.fromArray(DOUBLES, g, gAt + i).mul(slope).intoArray(g, gAt + i);
      } else {
        PLAIN.siluSlope(x, xAt + i, WIDE, g, gAt + i);
      }
    }
    PLAIN.siluSlope(x, xAt + i, n - i, g, gAt + i);
  }

  /** Whether {@code e^-|x|} is an ordinary number everywhere. */
  private static boolean usual(DoubleVector x) {
    return x.abs().compare(LE, -Exponential.LOWEST).allTrue();
  }

  private static DoubleVector sigmoid(DoubleVector x) {
    DoubleVector e = exp(x.abs().neg());
    VectorMask<Double> positive = x.compare(GE, 0.0);
    return e.blend(1.0, positive).div(e.add(1));
  }
}
