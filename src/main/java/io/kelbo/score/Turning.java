package io.kelbo.score;

import java.util.Arrays;

/**
 * Turns two directions towards where residuals move together: incremental principal components, by
 * the eigenvectors of the small Gram matrix of the two and the newest. One thread's.
 */
final class Turning {
  private final Rotation rotation = new Rotation();
  private final double[] scaled; // (D) the newest, in units of its noise

  Turning(int d) {
    this.scaled = new double[d];
  }

  /**
   * The two main directions of {@code old B B' + fresh u u'}, {@code u} the residual in units of
   * its noise.
   *
   * @param residual (D)
   * @param noise (D) standard deviations, positive
   * @param numbers holds B (2, D) from {@code from} on; rewritten
   * @param old share of the past, in 0..1
   * @param fresh share of this record, in 0..1
   */
  void turn(
      double[] residual, double[] noise, float[] numbers, int from, double old, double fresh) {
    int d = residual.length;
    double[] gram = rotation.matrix();
    Arrays.fill(gram, 0);
    double root = Math.sqrt(old);
    double now = Math.sqrt(fresh);
    for (int i = 0; i < d; i++) {
      double a = root * numbers[from + i];
      double b = root * numbers[from + d + i];
      double u = now * residual[i] / noise[i];
      scaled[i] = u;
      gram[0] += a * a;
      gram[1] += a * b;
      gram[2] += a * u;
      gram[4] += b * b;
      gram[5] += b * u;
      gram[8] += u * u;
    }
    gram[3] = gram[1];
    gram[6] = gram[2];
    gram[7] = gram[5];
    double[] vectors = rotation.leading();
    for (int i = 0; i < d; i++) {
      double a = root * numbers[from + i];
      double b = root * numbers[from + d + i];
      double u = scaled[i];
      numbers[from + i] = (float) (vectors[0] * a + vectors[2] * b + vectors[4] * u);
      numbers[from + d + i] = (float) (vectors[1] * a + vectors[3] * b + vectors[5] * u);
    }
  }
}
