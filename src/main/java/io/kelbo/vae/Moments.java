package io.kelbo.vae;

import io.kelbo.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What factor analysis needs of weighted rows: first and second moments of the complete ones, and
 * the rows with holes themselves. Only Gaussian heads take part.
 */
final class Moments {
  // Above, a covariance costs more to fill and to multiply than the rows themselves: 2,000 columns
  // have 4,000 places, whose covariance takes 128 MB, and its eigenvalues minutes.
  private static final int WIDE = 400;

  final int d;
  final double[] observed; // (d) weight of the rows that have place j
  final double completeWeight;
  final double[][] holed; // (rows with holes, d)
  final double[][] holedMask;
  final double[] holedWeight;

  private final double[] sum; // (d) over complete rows
  private final double[] products; // (d, d) over complete rows; empty where wide
  private final List<double[]> completeRows = new ArrayList<>(); // (d) each; only where wide
  private final List<Double> completeWeights = new ArrayList<>();

  /**
   * @param places (d) where the Gaussian heads stand among the inputs
   * @param heads (d) which heads they are
   * @param weights (rows)
   */
  Moments(Rows rows, int[] places, int[] heads, double[] weights) {
    d = places.length;
    observed = new double[d];
    sum = new double[d];
    products = wide() ? new double[0] : new double[d * d];
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
      if (wide()) {
        completeRows.add(x.clone());
        completeWeights.add(w);
      } else {
        kernels.addOuter(scaled, 0, d, x, 0, d, products, 0);
      }
    }
    completeWeight = total;
  }

  /** Complete rows, summed up already. */
  Moments(SecondMoments sums) {
    d = sums.features();
    observed = new double[d];
    Arrays.fill(observed, sums.weight());
    completeWeight = sums.weight();
    holed = new double[0][d];
    holedMask = new double[0][d];
    holedWeight = new double[0];
    sum = sums.sum();
    products = sums.products();
  }

  /** (d) mean of the observed values. */
  double[] mean() {
    double[] mean = new double[d];
    for (int j = 0; j < d; j++) {
      mean[j] = observed[j] > 0 ? centredSum(j, mean) / observed[j] : 0; // about 0 still
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

  /** Whether there are too many places for a covariance. */
  boolean wide() {
    return d > WIDE;
  }

  /**
   * {@code C B'} (d, L) with C the covariance about {@code b} over complete rows.
   *
   * @param gain B (L, d)
   */
  double[] covarianceTimes(double[] gain, int latent, double[] b) {
    double[] product = new double[d * latent];
    if (wide()) {
      for (int r = 0; r < completeRows.size(); r++) {
        double[] x = centred(completeRows.get(r), b);
        addOuter(x, gain, latent, completeWeights.get(r) / completeWeight, product);
      }
      return product;
    }
    double[] c = completeCovariance(b);
    Kernels kernels = Kernels.best();
    for (int j = 0; j < d; j++) {
      kernels.multiplyAddTransposed(c, j * d, d, gain, 0, latent, product, j * latent);
    }
    return product;
  }

  /** {@code product += w x (B x)'}. */
  private void addOuter(double[] x, double[] gain, int latent, double w, double[] product) {
    double[] z = new double[latent];
    for (int l = 0; l < latent; l++) {
      double dot = 0;
      for (int k = 0; k < d; k++) {
        dot = Math.fma(gain[l * d + k], x[k], dot);
      }
      z[l] = w * dot;
    }
    for (int j = 0; j < d; j++) {
      for (int l = 0; l < latent; l++) {
        product[j * latent + l] += x[j] * z[l];
      }
    }
  }

  private double[] centred(double[] x, double[] b) {
    double[] centred = new double[d];
    Arrays.setAll(centred, j -> x[j] - b[j]);
    return centred;
  }

  /** (d) {@code E (x-b)²} over complete rows. */
  double[] variances(double[] b) {
    double[] variances = new double[d];
    double n = Math.max(completeWeight, 1e-300);
    for (int j = 0; j < d; j++) {
      if (!wide()) {
        variances[j] = products[j * d + j] / n - 2 * b[j] * sum[j] / n + b[j] * b[j];
      }
      for (int r = 0; r < completeRows.size(); r++) {
        double centred = completeRows.get(r)[j] - b[j];
        variances[j] += completeWeights.get(r) / n * centred * centred;
      }
    }
    return variances;
  }

  /**
   * {@code C B'} over all rows, what is missing taken as the mean: rough, and enough for a start.
   */
  double[] roughCovarianceTimes(double[] gain, int latent, double[] b) {
    double[] product = covarianceTimes(gain, latent, b);
    double all = completeWeight + Arrays.stream(holedWeight).sum();
    for (int i = 0; i < product.length; i++) {
      product[i] *= completeWeight / all;
    }
    for (int r = 0; r < holed.length; r++) {
      double[] x = new double[d];
      for (int j = 0; j < d; j++) {
        x[j] = holedMask[r][j] * (holed[r][j] - b[j]);
      }
      addOuter(x, gain, latent, holedWeight[r] / all, product);
    }
    return product;
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
    Arrays.fill(weight, completeWeight);
    for (int i = 0; i < c.length; i++) {
      c[i] *= completeWeight;
    }
    for (int r = 0; r < holed.length; r++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          if (holedMask[r][j] != 0 && holedMask[r][k] != 0) {
            c[j * d + k] += holedWeight[r] * (holed[r][j] - b[j]) * (holed[r][k] - b[k]);
            weight[j * d + k] += holedWeight[r];
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
