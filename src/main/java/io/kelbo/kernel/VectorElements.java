package io.kelbo.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * One number after another, a register at a time; what fills none is left to the plain form. For
 * {@link VectorKernels} only.
 */
final class VectorElements {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDE = DOUBLES.length();
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** As many floats as there are doubles in a register. */
  private static final VectorSpecies<Float> AS_MANY =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  private VectorElements() {}

  static boolean standardise(double[] y, double[] mean, double[] over, double limit) {
    int n = mean.length;
    int whole = DOUBLES.loopBound(n);
    boolean within = true;
    VectorMask<Double> inside = DOUBLES.maskAll(true);
    for (int i = 0; i < whole; i += WIDE) {
      DoubleVector z =
          DoubleVector.fromArray(DOUBLES, y, i)
              .sub(DoubleVector.fromArray(DOUBLES, mean, i))
              .mul(DoubleVector.fromArray(DOUBLES, over, i));
      z.intoArray(y, i);
      inside = inside.and(z.abs().compare(VectorOperators.LE, limit));
    }
    for (int i = whole; i < n; i++) {
      y[i] = (y[i] - mean[i]) * over[i];
      within &= Math.abs(y[i]) <= limit;
    }
    return within && inside.allTrue();
  }

  static void fade(float[] y, int yAt, int n, float keep, float[] x, int xAt, float a) {
    int whole = FLOATS.loopBound(n);
    for (int i = 0; i < whole; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, y, yAt + i)
          .mul(keep)
          .add(FloatVector.fromArray(FLOATS, x, xAt + i).mul(a))
          .intoArray(y, yAt + i);
    }
    ScalarKernels.INSTANCE.fade(y, yAt + whole, n - whole, keep, x, xAt + whole, a);
  }

  static void widen(float[] x, int xAt, int n, double[] y, int yAt) {
    int whole = DOUBLES.loopBound(n);
    for (int i = 0; i < whole; i += WIDE) {
      ((DoubleVector)
              FloatVector.fromArray(AS_MANY, x, xAt + i)
                  .convertShape(VectorOperators.F2D, DOUBLES, 0))
          .intoArray(y, yAt + i);
    }
    ScalarKernels.INSTANCE.widen(x, xAt + whole, n - whole, y, yAt + whole);
  }

  static void narrow(double[] x, int xAt, int n, float[] y, int yAt) {
    int whole = DOUBLES.loopBound(n);
    for (int i = 0; i < whole; i += WIDE) {
      ((FloatVector)
              DoubleVector.fromArray(DOUBLES, x, xAt + i)
                  .convertShape(VectorOperators.D2F, AS_MANY, 0))
          .intoArray(y, yAt + i);
    }
    ScalarKernels.INSTANCE.narrow(x, xAt + whole, n - whole, y, yAt + whole);
  }
}
