package io.kelbo.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The same bits as {@link ScalarKernels}, several outputs at a time in the machine's registers.
 * Outputs that fill no register are computed by one that ends with the last of them and leaves the
 * others, which it overlaps, as they are. No vector crosses a call: it would be boxed there.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDE = DOUBLES.length();
  private static final DoubleVector LANES = DoubleVector.zero(DOUBLES).addIndex(1); // 0, 1, 2…

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
    if (!VectorProducts.anyZero(x, xAt, inputs)) {
      VectorProducts.dense(x, xAt, inputs, w, wAt, outputs, y, yAt);
      return;
    }
    int i = 0;
    while (i < inputs) {
      int from = i;
      while (i < inputs && x[xAt + i] != 0) {
        i++;
      }
      if (i > from) {
        VectorProducts.dense(x, xAt + from, i - from, w, wAt + from * outputs, outputs, y, yAt);
      }
      i++; // a zero adds nothing
    }
  }

  @Override
  public void multiplyAddTransposed(
      double[] y, int yAt, int outputs, double[] w, int wAt, int inputs, double[] x, int xAt) {
    if (outputs < 8 || WIDE != 8 && WIDE != 4) {
      ScalarKernels.INSTANCE.multiplyAddTransposed(y, yAt, outputs, w, wAt, inputs, x, xAt);
      return;
    }
    for (int i = 0; i < inputs; i++) {
      int row = wAt + i * outputs;
      x[xAt + i] +=
          WIDE == 8 ? eightLanes(y, yAt, outputs, w, row) : fourLanes(y, yAt, outputs, w, row);
    }
  }

  private static double eightLanes(double[] y, int yAt, int outputs, double[] w, int row) {
    DoubleVector s = DoubleVector.zero(DOUBLES);
    int o = 0;
    for (; o <= outputs - 8; o += 8) {
      s =
          DoubleVector.fromArray(DOUBLES, y, yAt + o)
              .fma(DoubleVector.fromArray(DOUBLES, w, row + o), s);
    }
    if (o < outputs) {
      int last = outputs - 8;
      DoubleVector more =
          DoubleVector.fromArray(DOUBLES, y, yAt + last)
              .fma(DoubleVector.fromArray(DOUBLES, w, row + last), s);
      s = more.blend(s, LANES.compare(VectorOperators.LT, o - last));
    }
    return ((s.lane(0) + s.lane(4)) + (s.lane(2) + s.lane(6)))
        + ((s.lane(1) + s.lane(5)) + (s.lane(3) + s.lane(7)));
  }

  private static double fourLanes(double[] y, int yAt, int outputs, double[] w, int row) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = low;
    int o = 0;
    for (; o <= outputs - 8; o += 8) {
      low =
          DoubleVector.fromArray(DOUBLES, y, yAt + o)
              .fma(DoubleVector.fromArray(DOUBLES, w, row + o), low);
      high =
          DoubleVector.fromArray(DOUBLES, y, yAt + o + 4)
              .fma(DoubleVector.fromArray(DOUBLES, w, row + o + 4), high);
    }
    if (o < outputs) {
      int last = outputs - 8;
      DoubleVector more =
          DoubleVector.fromArray(DOUBLES, y, yAt + last)
              .fma(DoubleVector.fromArray(DOUBLES, w, row + last), low);
      low = more.blend(low, LANES.compare(VectorOperators.LT, o - last));
      more =
          DoubleVector.fromArray(DOUBLES, y, yAt + last + 4)
              .fma(DoubleVector.fromArray(DOUBLES, w, row + last + 4), high);
      high = more.blend(high, LANES.compare(VectorOperators.LT, o - last - 4));
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
  public void addOuters(
      double[] x, int xWidth, int inputs, double[] y, int outputs, int rows, double[] g, int gAt) {
    if (outputs < WIDE) {
      ScalarKernels.INSTANCE.addOuters(x, xWidth, inputs, y, outputs, rows, g, gAt);
    } else {
      VectorOuters.add(x, xWidth, inputs, y, outputs, rows, g, gAt);
    }
  }

  @Override
  public void squaredDistances(
      float[] x, int xAt, int n, float[] r, int rAt, int count, float[] y, int yAt) {
    VectorDistances.squared(x, xAt, n, r, rAt, count, y, yAt);
  }

  @Override
  public float nearest(float[] x, int n, float[] r, int from, int to) {
    return VectorDistances.nearest(x, n, r, from, to);
  }

  @Override
  public boolean standardise(double[] y, double[] mean, double[] over, double limit) {
    return VectorElements.standardise(y, mean, over, limit);
  }

  @Override
  public void fade(float[] y, int yAt, int n, float keep, float[] x, int xAt, float a) {
    VectorElements.fade(y, yAt, n, keep, x, xAt, a);
  }

  @Override
  public void widen(float[] x, int xAt, int n, double[] y, int yAt) {
    VectorElements.widen(x, xAt, n, y, yAt);
  }

  @Override
  public void narrow(double[] x, int xAt, int n, float[] y, int yAt) {
    VectorElements.narrow(x, xAt, n, y, yAt);
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
  public void siluSlope(double[] x, int xAt, int n, double[] y, int yAt) {
    VectorFunctions.siluSlope(x, xAt, n, y, yAt);
  }
}
