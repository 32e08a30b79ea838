package io.kelbo.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Squared distances in single precision, a register at a time. For {@link VectorKernels} only. */
final class VectorDistances {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDE = FLOATS.length();

  private VectorDistances() {}

  static void squared(
      float[] x, int xAt, int n, float[] r, int rAt, int count, float[] y, int yAt) {
    if (count < WIDE) {
      ScalarKernels.INSTANCE.squaredDistances(x, xAt, n, r, rAt, count, y, yAt);
      return;
    }
    int m = 0;
    for (; m <= count - 4 * WIDE; m += 4 * WIDE) {
      fourDistances(x, xAt, n, r, rAt + m, count, y, yAt + m);
    }
    for (; m < count; m += WIDE) {
      int at = Math.min(m, count - WIDE);
      distances(x, xAt, n, r, rAt + at, count, y, yAt + at);
    }
  }

  private static void distances(
      float[] x, int xAt, int n, float[] r, int rAt, int count, float[] y, int yAt) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < n; i++) {
      FloatVector off =
          FloatVector.broadcast(FLOATS, x[xAt + i])
              .sub(FloatVector.fromArray(FLOATS, r, rAt + i * count));
      sum = off.fma(off, sum);
    }
    sum.intoArray(y, yAt);
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
      FloatVector offB = xi.sub(FloatVector.fromArray(FLOATS, r, row + WIDE));
      FloatVector offC = xi.sub(FloatVector.fromArray(FLOATS, r, row + 2 * WIDE));
      FloatVector offD = xi.sub(FloatVector.fromArray(FLOATS, r, row + 3 * WIDE));
      a = offA.fma(offA, a);
      b = offB.fma(offB, b);
      c = offC.fma(offC, c);
      d = offD.fma(offD, d);
    }
    a.intoArray(y, yAt);
    b.intoArray(y, yAt + WIDE);
    c.intoArray(y, yAt + 2 * WIDE);
    d.intoArray(y, yAt + 3 * WIDE);
  }

  static float nearest(float[] x, int n, float[] r, int from, int to) {
    float least = Float.MAX_VALUE; // no register: one kept from block to block would be boxed
    for (int block = from; block < to; block += n * References.BLOCK) {
      for (int m = block; m < block + References.BLOCK; m += 4 * WIDE) {
        least = Math.min(least, nearestOfFour(x, n, r, m));
      }
    }
    return least;
  }

  private static float nearestOfFour(float[] x, int n, float[] r, int at) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int i = 0; i < n; i++) {
      int row = at + i * References.BLOCK;
      FloatVector xi = FloatVector.broadcast(FLOATS, x[i]);
      FloatVector offA = xi.sub(FloatVector.fromArray(FLOATS, r, row));
      FloatVector offB = xi.sub(FloatVector.fromArray(FLOATS, r, row + WIDE));
      FloatVector offC = xi.sub(FloatVector.fromArray(FLOATS, r, row + 2 * WIDE));
      FloatVector offD = xi.sub(FloatVector.fromArray(FLOATS, r, row + 3 * WIDE));
      a = offA.fma(offA, a);
      b = offB.fma(offB, b);
      c = offC.fma(offC, c);
      d = offD.fma(offD, d);
    }
    return a.min(b).min(c.min(d)).reduceLanes(VectorOperators.MIN);
  }
}
