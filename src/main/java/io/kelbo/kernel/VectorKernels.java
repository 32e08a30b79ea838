package io.kelbo.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The same bits as {@link ScalarKernels}, several outputs at a time in the machine's registers.
 * Outputs that fill no register are computed by one that ends with the last of them and overlaps
 * the others; it is stored last, over equal numbers.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDE = DOUBLES.length();
  private static final int WIDE_FLOATS = FLOATS.length();

  /** How many numbers fill a register, in words. */
  static String width() {
    return "%d doubles".formatted(WIDE);
  }

  @Override
  public void multiplyAdd(
      double[] x, int xAt, int inputs, double[] w, int wAt, int outputs, double[] y, int yAt) {
    if (outputs < WIDE) {
      ScalarKernels.INSTANCE.multiplyAdd(x, xAt, inputs, w, wAt, outputs, y, yAt);
      return;
    }
    int fours = outputs - outputs % (4 * WIDE);
    if (fours == outputs) {
      fours(x, xAt, inputs, w, wAt, outputs, y, yAt, fours);
      return;
    }
    int last = outputs - WIDE;
    DoubleVector end = outputs(x, xAt, inputs, w, wAt + last, outputs, y, yAt + last);
    fours(x, xAt, inputs, w, wAt, outputs, y, yAt, fours);
    for (int o = fours; o < last; o += WIDE) {
      outputs(x, xAt, inputs, w, wAt + o, outputs, y, yAt + o).intoArray(y, yAt + o);
    }
    end.intoArray(y, yAt + last);
  }

  private static void fours(
      double[] x,
      int xAt,
      int inputs,
      double[] w,
      int wAt,
      int outputs,
      double[] y,
      int yAt,
      int end) {
    for (int o = 0; o < end; o += 4 * WIDE) {
      four(x, xAt, inputs, w, wAt + o, outputs, y, yAt + o);
    }
  }

  /** As many outputs as a register holds. */
  private static DoubleVector outputs(
      double[] x, int xAt, int inputs, double[] w, int wAt, int outputs, double[] y, int yAt) {
    DoubleVector sum = DoubleVector.fromArray(DOUBLES, y, yAt);
    for (int i = 0; i < inputs; i++) {
      double xi = x[xAt + i];
      if (xi != 0) {
        sum =
            DoubleVector.broadcast(DOUBLES, xi)
                .fma(DoubleVector.fromArray(DOUBLES, w, wAt + i * outputs), sum);
      }
    }
    return sum;
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
      double xi = x[xAt + i];
      if (xi != 0) {
        int row = wAt + i * outputs;
        DoubleVector factor = DoubleVector.broadcast(DOUBLES, xi);
        a = factor.fma(DoubleVector.fromArray(DOUBLES, w, row), a);
        b = factor.fma(DoubleVector.fromArray(DOUBLES, w, row + WIDE), b);
        c = factor.fma(DoubleVector.fromArray(DOUBLES, w, row + 2 * WIDE), c);
        d = factor.fma(DoubleVector.fromArray(DOUBLES, w, row + 3 * WIDE), d);
      }
    }
    a.intoArray(y, yAt);
    b.intoArray(y, yAt + WIDE);
    c.intoArray(y, yAt + 2 * WIDE);
    d.intoArray(y, yAt + 3 * WIDE);
  }

  @Override
  public void multiplyAddTransposed(
      double[] y, int yAt, int outputs, double[] w, int wAt, int inputs, double[] x, int xAt) {
    if (outputs < 8 || WIDE != 8 && WIDE != 4) {
      ScalarKernels.INSTANCE.multiplyAddTransposed(y, yAt, outputs, w, wAt, inputs, x, xAt);
      return;
    }
    int eights = outputs & -8;
    for (int i = 0; i < inputs; i++) {
      int row = wAt + i * outputs;
      double sum =
          WIDE == 8 ? eightLanes(y, yAt, eights, w, row) : fourLanes(y, yAt, eights, w, row);
      for (int o = eights; o < outputs; o++) {
        sum = Math.fma(y[yAt + o], w[row + o], sum);
      }
      x[xAt + i] += sum;
    }
  }

  private static double eightLanes(double[] y, int yAt, int eights, double[] w, int row) {
    DoubleVector s = DoubleVector.zero(DOUBLES);
    for (int o = 0; o < eights; o += 8) {
      s =
          DoubleVector.fromArray(DOUBLES, y, yAt + o)
              .fma(DoubleVector.fromArray(DOUBLES, w, row + o), s);
    }
    return ((s.lane(0) + s.lane(4)) + (s.lane(2) + s.lane(6)))
        + ((s.lane(1) + s.lane(5)) + (s.lane(3) + s.lane(7)));
  }

  private static double fourLanes(double[] y, int yAt, int eights, double[] w, int row) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = low;
    for (int o = 0; o < eights; o += 8) {
      low =
          DoubleVector.fromArray(DOUBLES, y, yAt + o)
              .fma(DoubleVector.fromArray(DOUBLES, w, row + o), low);
      high =
          DoubleVector.fromArray(DOUBLES, y, yAt + o + 4)
              .fma(DoubleVector.fromArray(DOUBLES, w, row + o + 4), high);
    }
    DoubleVector s = low.add(high);
    return (s.lane(0) + s.lane(2)) + (s.lane(1) + s.lane(3));
  }

  @Override
  public void addOuter(
      double[] x, int xAt, int inputs, double[] y, int yAt, int outputs, double[] g, int gAt) {
    if (outputs < WIDE) {
      ScalarKernels.INSTANCE.addOuter(x, xAt, inputs, y, yAt, outputs, g, gAt);
      return;
    }
    int last = outputs - WIDE;
    for (int i = 0; i < inputs; i++) {
      double xi = x[xAt + i];
      if (xi == 0) {
        continue;
      }
      int row = gAt + i * outputs;
      DoubleVector factor = DoubleVector.broadcast(DOUBLES, xi);
      DoubleVector end =
          factor.fma(
              DoubleVector.fromArray(DOUBLES, y, yAt + last),
              DoubleVector.fromArray(DOUBLES, g, row + last));
      for (int o = 0; o < last; o += WIDE) {
        factor
            .fma(
                DoubleVector.fromArray(DOUBLES, y, yAt + o),
                DoubleVector.fromArray(DOUBLES, g, row + o))
            .intoArray(g, row + o);
      }
      end.intoArray(g, row + last);
    }
  }

  @Override
  public void squaredDistances(
      float[] x, int xAt, int n, float[] r, int rAt, int count, float[] y, int yAt) {
    if (count < WIDE_FLOATS) {
      ScalarKernels.INSTANCE.squaredDistances(x, xAt, n, r, rAt, count, y, yAt);
      return;
    }
    int m = 0;
    for (; m <= count - 4 * WIDE_FLOATS; m += 4 * WIDE_FLOATS) {
      fourDistances(x, xAt, n, r, rAt + m, count, y, yAt + m);
    }
    for (; m < count; m += WIDE_FLOATS) {
      int at = Math.min(m, count - WIDE_FLOATS);
      distances(x, xAt, n, r, rAt + at, count).intoArray(y, yAt + at);
    }
  }

  private static FloatVector distances(float[] x, int xAt, int n, float[] r, int rAt, int count) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < n; i++) {
      FloatVector off =
          FloatVector.broadcast(FLOATS, x[xAt + i])
              .sub(FloatVector.fromArray(FLOATS, r, rAt + i * count));
      sum = off.fma(off, sum);
    }
    return sum;
  }

  private static void fourDistances(
      float[] x, int xAt, int n, float[] r, int rAt, int count, float[] y, int yAt) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int i = 0; i < n; i++) {
      int row = rAt + i * count;
      FloatVector xi = FloatVector.broadcast(FLOATS, x[xAt + i]);
      FloatVector offA = xi.sub(FloatVector.fromArray(FLOATS, r, row));
      FloatVector offB = xi.sub(FloatVector.fromArray(FLOATS, r, row + WIDE_FLOATS));
      FloatVector offC = xi.sub(FloatVector.fromArray(FLOATS, r, row + 2 * WIDE_FLOATS));
      FloatVector offD = xi.sub(FloatVector.fromArray(FLOATS, r, row + 3 * WIDE_FLOATS));
      a = offA.fma(offA, a);
      b = offB.fma(offB, b);
      c = offC.fma(offC, c);
      d = offD.fma(offD, d);
    }
    a.intoArray(y, yAt);
    b.intoArray(y, yAt + WIDE_FLOATS);
    c.intoArray(y, yAt + 2 * WIDE_FLOATS);
    d.intoArray(y, yAt + 3 * WIDE_FLOATS);
  }

  @Override
  public void exp(double[] x, int xAt, int n, double[] y, int yAt) {
    VectorFunctions.exp(x, xAt, n, y, yAt);
  }

  @Override
  public void log(double[] x, int xAt, int n, double[] y, int yAt) {
    VectorFunctions.log(x, xAt, n, y, yAt);
  }

  @Override
  public void silu(double[] x, int xAt, int n, double[] y, int yAt) {
    VectorFunctions.silu(x, xAt, n, y, yAt);
  }

  @Override
  public void siluSlope(double[] x, int xAt, int n, double[] g, int gAt) {
    VectorFunctions.siluSlope(x, xAt, n, g, gAt);
  }
}
