package io.kelbo.score;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;

/**
 * Turns two directions towards where residuals move together: incremental principal components, by
 * the eigenvectors of the small Gram matrix of the two and the newest. One thread's.
 */
final class Turning {
  private final Rotation rotation = new Rotation();
  private final double[] over; // (D) one over the noise
  private final double[] rows; // (3, D) the two directions, and the newest in units of its noise
  private final int d;

  /**
   * @param noise (D) standard deviations, positive
   */
  Turning(double[] noise) {
    this.d = noise.length;
    this.over = new double[d];
    for (int i = 0; i < d; i++) {
      over[i] = 1 / noise[i];
    }
    this.rows = new double[3 * d];
  }

  /**
   * The two main directions of {@code old B B' + fresh u u'}, {@code u} the residual in units of
   * its noise.
   *
   * @param residual (D), and more that is not looked at
   * @param numbers holds B (2, D) from {@code from} on; rewritten
   * @param old share of the past, in 0..1
   * @param fresh share of this record, in 0..1
   */
  void turn(double[] residual, double[] numbers, int from, double old, double fresh) {
    double root = Math.sqrt(old);
    double now = Math.sqrt(fresh);
    for (int i = 0; i < 2 * d; i++) {
      rows[i] = root * numbers[from + i];
    }
    for (int i = 0; i < d; i++) {
      rows[2 * d + i] = now * residual[i] * over[i];
    }
    double[] gram = rotation.matrix();
    Arrays.fill(gram, 0);
    for (int row = 0; row < 3; row++) {
      Kernels.best().multiplyAddTransposed(rows, row * d, d, rows, 0, row + 1, gram, 3 * row);
    }
    gram[1] = gram[3];
    gram[2] = gram[6];
    gram[5] = gram[7];
    double[] vectors = rotation.leading();
    for (int k = 0; k < 2; k++) {
      double first = vectors[k];
      double second = vectors[2 + k];
      double newest = vectors[4 + k];
      int to = from + k * d;
      for (int i = 0; i < d; i++) {
        numbers[to + i] = first * rows[i] + second * rows[d + i] + newest * rows[2 * d + i];
      }
    }
  }
}
