package io.kelbo.vae;

import io.kelbo.kernel.Kernels;

/**
 * What factor analysis needs of weighted rows: first and second moments of the complete ones, and
 * the rows with holes themselves. Only Gaussian heads take part.
 */
final class Moments {
  final int d;
  final double[] observed; // (d) weight of the rows that have place j
  final double completeWeight;
  final double[][] holed; // (rows with holes, d)
  final double[][] holedMask;
  final double[] holedWeight;

  private final double[] sum; // (d) over complete rows
  private final double[] products; // (d, d) over complete rows

  /**
   * @param places (d) where the Gaussian heads stand among the inputs
   * @param heads (d) which heads they are
   * @param weights (rows)
   */
  Moments(Rows rows, int[] places, int[] heads, double[] weights) {
    d = places.length;
    observed = new double[d];
    sum = new double[d];
    products = new double[d * d];
    int holes = 0;
    boolean[] complete = new boolean[rows.size()];
    for (int r = 0; r < rows.size(); r++) {
      complete[r] = true;
      for (int head : heads) {
        complete[r] &= rows.mask(r)[head] != 0;
      }
      holes += complete[r] ? 0 : 1;
    }
    holed = new double[holes][d];
    holedMask = new double[holes][d];
    holedWeight = new double[holes];
    double total = 0;
    int h = 0;
    double[] x = new double[d];
    double[] scaled = new double[d];
    Kernels kernels = Kernels.best();
    for (int r = 0; r < rows.size(); r++) {
      double w = weights[r];
      double[] input = rows.input(r);
      double[] mask = rows.mask(r);
      for (int j = 0; j < d; j++) {
        double m = mask[heads[j]];
        x[j] = m != 0 ? input[places[j]] : 0;
        observed[j] += w * m;
        if (!complete[r]) {
          holed[h][j] = x[j];
          holedMask[h][j] = m;
        }
      }
      if (!complete[r]) {
        holedWeight[h++] = w;
        continue;
      }
      total += w;
      for (int j = 0; j < d; j++) {
        scaled[j] = w * x[j];
        sum[j] += scaled[j];
      }
      kernels.addOuter(scaled, 0, d, x, 0, d, products, 0);
    }
    completeWeight = total;
  }

  /** (d) mean of the observed values. */
  double[] mean() {
    double[] mean = new double[d];
    for (int j = 0; j < d; j++) {
      double s = sum[j];
      for (int r = 0; r < holed.length; r++) {
        s += holedWeight[r] * holedMask[r][j] * holed[r][j];
      }
      mean[j] = observed[j] > 0 ? s / observed[j] : 0;
    }
    return mean;
  }

  /** {@code Σ_n w m_nj (x_nj - b_j)}. */
  double centredSum(int j, double[] b) {
    double s = sum[j] - completeWeight * b[j];
    for (int r = 0; r < holed.length; r++) {
      s += holedWeight[r] * holedMask[r][j] * (holed[r][j] - b[j]);
    }
    return s;
  }

  /** (d, d) {@code E (x-b)(x-b)'} over complete rows. */
  double[] completeCovariance(double[] b) {
    double[] c = new double[d * d];
    double n = Math.max(completeWeight, 1e-300);
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < d; k++) {
        c[j * d + k] =
            products[j * d + k] / n - b[j] * sum[k] / n - b[k] * sum[j] / n + b[j] * b[k];
      }
    }
    return c;
  }

  /** (d) {@code E (x-b)} over complete rows. */
  double[] completeShift(double[] b) {
    double[] shift = new double[d];
    for (int j = 0; j < d; j++) {
      shift[j] = sum[j] / Math.max(completeWeight, 1e-300) - b[j];
    }
    return shift;
  }

  /** (d, d) covariance over the pairs observed together. */
  double[] pairwiseCovariance(double[] b) {
    double[] c = completeCovariance(b);
    double[] weight = new double[d * d];
    java.util.Arrays.fill(weight, completeWeight);
    for (int i = 0; i < c.length; i++) {
      c[i] *= completeWeight;
    }
    for (int r = 0; r < holed.length; r++) {
      for (int j = 0; j < d; j++) {
        if (holedMask[r][j] != 0) {
          for (int k = 0; k < d; k++) {
            if (holedMask[r][k] != 0) {
              c[j * d + k] += holedWeight[r] * (holed[r][j] - b[j]) * (holed[r][k] - b[k]);
              weight[j * d + k] += holedWeight[r];
            }
          }
        }
      }
    }
    for (int i = 0; i < c.length; i++) {
      c[i] /= Math.max(weight[i], 1e-300);
    }
    return c;
  }
}
