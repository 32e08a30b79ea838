package io.kelbo.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The inner loops of {@link VectorKernels}' products: for it only. */
final class VectorProducts {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDE = DOUBLES.length();
  private static final DoubleVector LANES = DoubleVector.zero(DOUBLES).addIndex(1); // 0, 1, 2…

  private VectorProducts() {}

  /** Whether an input is zero, which adds nothing; most have none, and are not walked for it. */
  static boolean anyZero(double[] x, int xAt, int inputs) {
    int i = 0;
    VectorMask<Double> zero = DOUBLES.maskAll(false);
    for (; i <= inputs - WIDE; i += WIDE) {
      zero = zero.or(DoubleVector.fromArray(DOUBLES, x, xAt + i).compare(VectorOperators.EQ, 0));
    }
    boolean any = zero.anyTrue();
    for (; i < inputs; i++) {
      any |= x[xAt + i] == 0;
    }
    return any;
  }

  /**
   * Inputs without a zero: with a test in the inner loop C2 boxed the sums, 49 kB a record (Java
   * 17, 2026-11-24).
   */
  static void dense(
      double[] x, int xAt, int inputs, double[] w, int wAt, int outputs, double[] y, int yAt) {
    int o = 0;
    for (; o <= outputs - 4 * WIDE; o += 4 * WIDE) {
      if (outputs - o > 4 * WIDE && outputs - o <= 5 * WIDE) {
        five(x, xAt, inputs, w, wAt + o, outputs, y, yAt + o, outputs - WIDE - o);
        return;
      }
      four(x, xAt, inputs, w, wAt + o, outputs, y, yAt + o);
    }
    for (; o < outputs; o += WIDE) {
      int at = Math.min(o, outputs - WIDE);
      one(x, xAt, inputs, w, wAt + at, outputs, y, yAt + at, o - at);
    }
  }

  /**
   * One register of outputs.
   *
   * @param done how many of them, from the first on, are there already and stay as they are
   */
  private static void one(
      double[] x,
      int xAt,
      int inputs,
      double[] w,
      int wAt,
      int outputs,
      double[] y,
      int yAt,
      int done) {
    DoubleVector before = DoubleVector.fromArray(DOUBLES, y, yAt);
    DoubleVector sum = before;
    for (int i = 0; i < inputs; i++) {
      sum =
          DoubleVector.broadcast(DOUBLES, x[xAt + i])
              .fma(DoubleVector.fromArray(DOUBLES, w, wAt + i * outputs), sum);
    }
    if (done > 0) {
      sum = sum.blend(before, LANES.compare(VectorOperators.LT, done));
    }
    sum.intoArray(y, yAt);
  }

  /**
   * Four registers of outputs at once: enough sums in flight to hide the time that an fma takes.
   */
  private static void four(
      double[] x, int xAt, int inputs, double[] w, int wAt, int outputs, double[] y, int yAt) {
    DoubleVector a = DoubleVector.fromArray(DOUBLES, y, yAt);
    DoubleVector b = DoubleVector.fromArray(DOUBLES, y, yAt + WIDE);
    DoubleVector c = DoubleVector.fromArray(DOUBLES, y, yAt + 2 * WIDE);
    DoubleVector d = DoubleVector.fromArray(DOUBLES, y, yAt + 3 * WIDE);
    for (int i = 0; i < inputs; i++) {
      int row = wAt + i * outputs;
      DoubleVector factor = DoubleVector.broadcast(DOUBLES, x[xAt + i]);
      a = factor.fma(DoubleVector.fromArray(DOUBLES, w, row), a);
      b = factor.fma(DoubleVector.fromArray(DOUBLES, w, row + WIDE), b);
      c = factor.fma(DoubleVector.fromArray(DOUBLES, w, row + 2 * WIDE), c);
      d = factor.fma(DoubleVector.fromArray(DOUBLES, w, row + 3 * WIDE), d);
    }
    a.intoArray(y, yAt);
    b.intoArray(y, yAt + WIDE);
    c.intoArray(y, yAt + 2 * WIDE);
    d.intoArray(y, yAt + 3 * WIDE);
  }

  /**
   * As {@link #four}, and a fifth that fills no register of its own: it ends with the last output.
   *
   * @param last where it begins, within the fourth or behind it
   */
  private static void five(
      double[] x,
      int xAt,
      int inputs,
      double[] w,
      int wAt,
      int outputs,
      double[] y,
      int yAt,
      int last) {
    DoubleVector a = DoubleVector.fromArray(DOUBLES, y, yAt);
    DoubleVector b = DoubleVector.fromArray(DOUBLES, y, yAt + WIDE);
    DoubleVector c = DoubleVector.fromArray(DOUBLES, y, yAt + 2 * WIDE);
    DoubleVector d = DoubleVector.fromArray(DOUBLES, y, yAt + 3 * WIDE);
    DoubleVector e = DoubleVector.fromArray(DOUBLES, y, yAt + last);
    for (int i = 0; i < inputs; i++) {
      int row = wAt + i * outputs;
      DoubleVector factor = DoubleVector.broadcast(DOUBLES, x[xAt + i]);
      a = factor.fma(DoubleVector.fromArray(DOUBLES, w, row), a);
      b = factor.fma(DoubleVector.fromArray(DOUBLES, w, row + WIDE), b);
      c = factor.fma(DoubleVector.fromArray(DOUBLES, w, row + 2 * WIDE), c);
      d = factor.fma(DoubleVector.fromArray(DOUBLES, w, row + 3 * WIDE), d);
      e = factor.fma(DoubleVector.fromArray(DOUBLES, w, row + last), e);
    }
    // Where the fifth overlaps the fourth both hold the same bits.
    a.intoArray(y, yAt);
    b.intoArray(y, yAt + WIDE);
    c.intoArray(y, yAt + 2 * WIDE);
    d.intoArray(y, yAt + 3 * WIDE);
    e.intoArray(y, yAt + last);
  }
}
