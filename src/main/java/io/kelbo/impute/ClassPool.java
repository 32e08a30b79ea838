package io.kelbo.impute;

import io.kelbo.kernel.Exponential;
import java.util.Arrays;

/**
 * Opinions made one, and honest: weighted logarithms of their chances and an offset for each class,
 * learned on rows that the opinions had not seen. Sum of weights below 1 says that they were too
 * sure of themselves.
 *
 * <pre>
 * p(c | x) = softmax_c(Σ_m a_m log p_m(c | x) + b_c)
 * loss     = -Σ log p(class | x) + ½ λ_a Σ (a_m - 1/M)² + ½ λ_b Σ b_c²
 * </pre>
 *
 * @param weights (opinions) a
 * @param offsets (classes) b
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never shared
record ClassPool(double[] weights, double[] offsets) {
  private static final double TOWARDS_EQUAL = 2; // λ_a
  private static final double TOWARDS_NONE = 1; // λ_b
  private static final int ROUNDS = 400;
  private static final double RATE = 0.05;

  /**
   * @param opinions (opinions)(rows)(classes) logarithms
   * @param labels (rows), -1 where unknown
   */
  static ClassPool learn(double[][][] opinions, int[] labels, int classes) {
    int count = opinions.length;
    double[] p = new double[count + classes];
    Arrays.fill(p, 0, count, 1.0 / count);
    double[] g = new double[p.length];
    double[] m = new double[p.length];
    double[] v = new double[p.length];
    double[] chance = new double[classes];
    double rows = Math.max(1, Arrays.stream(labels).filter(l -> l >= 0).count());
    for (int round = 1; round <= ROUNDS; round++) {
      for (int i = 0; i < p.length; i++) {
        g[i] = i < count ? TOWARDS_EQUAL * (p[i] - 1.0 / count) : TOWARDS_NONE * p[i];
      }
      for (int r = 0; r < labels.length; r++) {
        if (labels[r] < 0) {
          continue;
        }
        pool(p, opinions, r, chance);
        chance[labels[r]] -= 1;
        for (int c = 0; c < classes; c++) {
          g[count + c] += chance[c];
          for (int i = 0; i < count; i++) {
            g[i] += chance[c] * opinions[i][r][c];
          }
        }
      }
      double rate = RATE * (1 - (round - 1.0) / ROUNDS);
      for (int i = 0; i < p.length; i++) { // Adam (Kingma and Ba 2015)
        double slope = g[i] / rows;
        m[i] = 0.9 * m[i] + 0.1 * slope;
        v[i] = 0.99 * v[i] + 0.01 * slope * slope;
        double mean = m[i] / (1 - StrictMath.pow(0.9, round));
        double square = v[i] / (1 - StrictMath.pow(0.99, round));
        p[i] -= rate * mean / (Math.sqrt(square) + 1e-8);
        p[i] = i < count ? Math.max(0, p[i]) : p[i];
      }
    }
    return new ClassPool(Arrays.copyOf(p, count), Arrays.copyOfRange(p, count, p.length));
  }

  private static void pool(double[] p, double[][][] opinions, int row, double[] chance) {
    int count = opinions.length;
    for (int c = 0; c < chance.length; c++) {
      double sum = p[count + c];
      for (int i = 0; i < count; i++) {
        sum += p[i] * opinions[i][row][c];
      }
      chance[c] = sum;
    }
    Exponential.softmax(chance);
  }

  /** (rows)(classes) chances that add to 1. */
  double[][] chances(double[][][] opinions) {
    double[] p = Arrays.copyOf(weights, weights.length + offsets.length);
    System.arraycopy(offsets, 0, p, weights.length, offsets.length);
    double[][] out = new double[opinions[0].length][offsets.length];
    for (int r = 0; r < out.length; r++) {
      pool(p, opinions, r, out[r]);
    }
    return out;
  }
}
