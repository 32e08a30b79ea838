package io.kelbo.kernel;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponential}, {@link Logarithm} and what is made of them, a register at a time with the
 * same operations in the same order. Registers that hold an unusual number (NaN, infinite, out of
 * range), and what is left over, take the plain form. No vector crosses a call but the smallest:
 * the compiler inlines longer ones by mood, and boxes where it does not (2 kB a call were seen).
 * For {@link VectorKernels} only.
 */
final class VectorFunctions {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDE = DOUBLES.length();
  private static final ScalarKernels PLAIN = ScalarKernels.INSTANCE;
  private static final double TWO_52 = 0x1p52; // its last bit is worth one

  private static final DoubleVector LN2_HIGH = all(Exponential.LN2_HIGH);
  private static final DoubleVector LN2_LOW = all(Exponential.LN2_LOW);
  private static final DoubleVector E13 = all(1.0 / 6227020800.0);
  private static final DoubleVector E12 = all(1.0 / 479001600.0);
  private static final DoubleVector E11 = all(1.0 / 39916800.0);
  private static final DoubleVector E10 = all(1.0 / 3628800.0);
  private static final DoubleVector E9 = all(1.0 / 362880.0);
  private static final DoubleVector E8 = all(1.0 / 40320.0);
  private static final DoubleVector E7 = all(1.0 / 5040.0);
  private static final DoubleVector E6 = all(1.0 / 720.0);
  private static final DoubleVector E5 = all(1.0 / 120.0);
  private static final DoubleVector E4 = all(1.0 / 24.0);
  private static final DoubleVector E3 = all(1.0 / 6.0);
  private static final DoubleVector HALF = all(0.5);
  private static final DoubleVector ONE = all(1.0);
  private static final DoubleVector R7 = all(Logarithm.R7);
  private static final DoubleVector R6 = all(Logarithm.R6);
  private static final DoubleVector R5 = all(Logarithm.R5);
  private static final DoubleVector R4 = all(Logarithm.R4);
  private static final DoubleVector R3 = all(Logarithm.R3);
  private static final DoubleVector R2 = all(Logarithm.R2);
  private static final DoubleVector R1 = all(Logarithm.R1);

  private VectorFunctions() {}

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(DOUBLES, value);
  }

  static void exp(double[] x, int xAt, int n, double[] y, int yAt) {
    int i = 0;
    for (; i <= n - WIDE; i += WIDE) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xAt + i);
      if (!v.compare(GE, Exponential.LOWEST).and(v.compare(LE, Exponential.HIGHEST)).allTrue()) {
        PLAIN.exp(x, xAt + i, WIDE, y, yAt + i);
        continue;
      }
      DoubleVector shifted = v.mul(Exponential.LOG2_E).add(Exponential.ROUND);
      DoubleVector minusK = shifted.sub(Exponential.ROUND).neg();
      DoubleVector r = minusK.fma(LN2_HIGH, v);
      r = minusK.fma(LN2_LOW, r);
      DoubleVector p = E13;
      p = p.fma(r, E12);
      p = p.fma(r, E11);
      p = p.fma(r, E10);
      p = p.fma(r, E9);
      p = p.fma(r, E8);
      p = p.fma(r, E7);
      p = p.fma(r, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, HALF);
      p = p.fma(r, ONE);
      p = p.fma(r, ONE);
      LongVector k =
          shifted.reinterpretAsLongs().sub(Double.doubleToRawLongBits(Exponential.ROUND));
      LongVector half = k.lanewise(ASHR, 1);
      p.mul(half.add(1023).lanewise(LSHL, 52).reinterpretAsDoubles())
          .mul(k.sub(half).add(1023).lanewise(LSHL, 52).reinterpretAsDoubles())
          .intoArray(y, yAt + i);
    }
    PLAIN.exp(x, xAt + i, n - i, y, yAt + i);
  }

  static void log(double[] x, int xAt, int n, double[] y, int yAt) {
    int i = 0;
    for (; i <= n - WIDE; i += WIDE) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xAt + i);
      if (!v.compare(GE, Double.MIN_NORMAL).and(v.compare(LE, Double.MAX_VALUE)).allTrue()) {
        PLAIN.log(x, xAt + i, WIDE, y, yAt + i);
        continue;
      }
      LongVector bits = v.reinterpretAsLongs().add(Logarithm.ONE - Logarithm.LEAST);
      LongVector exponent = bits.lanewise(LSHR, 52).add(Double.doubleToRawLongBits(TWO_52));
      DoubleVector k = exponent.reinterpretAsDoubles().sub(TWO_52 + 1023);
      LongVector fraction = bits.lanewise(AND, Logarithm.FRACTION).add(Logarithm.LEAST);
      DoubleVector f = fraction.reinterpretAsDoubles().sub(1);
      DoubleVector s = f.div(f.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector r = R7;
      r = r.fma(z, R6);
      r = r.fma(z, R5);
      r = r.fma(z, R4);
      r = r.fma(z, R3);
      r = r.fma(z, R2);
      r = r.fma(z, R1);
      DoubleVector half = f.mul(0.5).mul(f);
      DoubleVector rest = s.fma(half.add(r.mul(z)), k.mul(Logarithm.LN2_LOW));
      k.fma(LN2_HIGH, f.sub(half.sub(rest))).intoArray(y, yAt + i);
    }
    PLAIN.log(x, xAt + i, n - i, y, yAt + i);
  }

  static void silu(double[] x, int xAt, int n, double[] y, int yAt) {
    minusSize(x, xAt, n, y, yAt);
    exp(y, yAt, n, y, yAt);
    int i = 0;
    for (; i <= n - WIDE; i += WIDE) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xAt + i);
      DoubleVector e = DoubleVector.fromArray(DOUBLES, y, yAt + i);
      v.mul(e.blend(1.0, v.compare(GE, 0.0)).div(e.add(1))).intoArray(y, yAt + i);
    }
    PLAIN.silu(x, xAt + i, n - i, y, yAt + i);
  }

  static void siluSlope(double[] x, int xAt, int n, double[] y, int yAt) {
    minusSize(x, xAt, n, y, yAt);
    exp(y, yAt, n, y, yAt);
    int i = 0;
    for (; i <= n - WIDE; i += WIDE) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, xAt + i);
      DoubleVector e = DoubleVector.fromArray(DOUBLES, y, yAt + i);
      DoubleVector s = e.blend(1.0, v.compare(GE, 0.0)).div(e.add(1));
      s.mul(v.mul(ONE.sub(s)).add(1)).intoArray(y, yAt + i);
    }
    PLAIN.siluSlope(x, xAt + i, n - i, y, yAt + i);
  }

  private static void minusSize(double[] x, int xAt, int n, double[] y, int yAt) {
    int i = 0;
    for (; i <= n - WIDE; i += WIDE) {
      DoubleVector.fromArray(DOUBLES, x, xAt + i).abs().neg().intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = -Math.abs(x[xAt + i]);
    }
  }
}
