package io.kelbo.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums of outer products for {@link VectorKernels}: for it only. */
final class VectorOuters {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDE = DOUBLES.length();
  private static final DoubleVector LANES = DoubleVector.zero(DOUBLES).addIndex(1); // 0, 1, 2…

  private VectorOuters() {}

  /** At least a register of outputs. */
  static void add(
      double[] x, int xWidth, int inputs, double[] y, int outputs, int rows, double[] g, int gAt) {
    for (int o = 0; o < outputs; o += WIDE) {
      int at = Math.min(o, outputs - WIDE);
      int i = 0;
      for (; i <= inputs - 4; i += 4) {
        four(x, i, xWidth, y, at, outputs, rows, g, gAt + i * outputs + at, o - at);
      }
      for (; i < inputs; i++) {
        one(x, i, xWidth, y, at, outputs, rows, g, gAt + i * outputs + at, o - at);
      }
    }
  }

  /**
   * A register of outputs for four inputs: four sums in flight, one load of y for all.
   *
   * @param done how many of the outputs are there already and stay as they are
   */
  private static void four(
      double[] x,
      int xAt,
      int xWidth,
      double[] y,
      int yAt,
      int outputs,
      int rows,
      double[] g,
      int gAt,
      int done) {
    DoubleVector beforeA = DoubleVector.fromArray(DOUBLES, g, gAt);
    DoubleVector beforeB = DoubleVector.fromArray(DOUBLES, g, gAt + outputs);
    DoubleVector beforeC = DoubleVector.fromArray(DOUBLES, g, gAt + 2 * outputs);
    DoubleVector beforeD = DoubleVector.fromArray(DOUBLES, g, gAt + 3 * outputs);
    DoubleVector a = beforeA;
    DoubleVector b = beforeB;
    DoubleVector c = beforeC;
    DoubleVector d = beforeD;
    for (int r = 0; r < rows; r++) {
      int row = xAt + r * xWidth;
      DoubleVector right = DoubleVector.fromArray(DOUBLES, y, yAt + r * outputs);
      a = DoubleVector.broadcast(DOUBLES, x[row]).fma(right, a);
      b = DoubleVector.broadcast(DOUBLES, x[row + 1]).fma(right, b);
      c = DoubleVector.broadcast(DOUBLES, x[row + 2]).fma(right, c);
      d = DoubleVector.broadcast(DOUBLES, x[row + 3]).fma(right, d);
    }
    if (done > 0) {
      a = a.blend(beforeA, LANES.compare(VectorOperators.LT, done));
      b = b.blend(beforeB, LANES.compare(VectorOperators.LT, done));
      c = c.blend(beforeC, LANES.compare(VectorOperators.LT, done));
      d = d.blend(beforeD, LANES.compare(VectorOperators.LT, done));
    }
    a.intoArray(g, gAt);
    b.intoArray(g, gAt + outputs);
    c.intoArray(g, gAt + 2 * outputs);
    d.intoArray(g, gAt + 3 * outputs);
  }

  private static void one(
      double[] x,
      int xAt,
      int xWidth,
      double[] y,
      int yAt,
      int outputs,
      int rows,
      double[] g,
      int gAt,
      int done) {
    DoubleVector before = DoubleVector.fromArray(DOUBLES, g, gAt);
    DoubleVector sum = before;
    for (int r = 0; r < rows; r++) {
      sum =
          DoubleVector.broadcast(DOUBLES, x[xAt + r * xWidth])
              .fma(DoubleVector.fromArray(DOUBLES, y, yAt + r * outputs), sum);
    }
    if (done > 0) {
      sum = sum.blend(before, LANES.compare(VectorOperators.LT, done));
    }
    sum.intoArray(g, gAt);
  }
}
