package io.kelbo.score;

/** Squared distances. */
final class Exemplars {
  private Exemplars() {}

  static void squaredDistances(float[] x, float[] r, int count, float[] y) {
    java.util.Arrays.fill(y, 0, count, 0);
    for (int i = 0; i < x.length; i++) {
      float xi = x[i];
      int row = i * count;
      for (int m = 0; m < count; m++) {
        float e = xi - r[row + m];
        y[m] = Math.fma(e, e, y[m]);
      }
    }
  }
}
