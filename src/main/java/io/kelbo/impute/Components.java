package io.kelbo.impute;

import io.kelbo.kernel.Cholesky;
import io.kelbo.kernel.Exponential;

/**
 * Scratch for the rows of one group against all components of a mixture: how likely each component
 * is for each row, and what it says of the unknown cells.
 *
 * <pre>
 * log r_k = log π_k - ½ log |Σ_oo| - ½ (x_o - μ_o)' Σ_oo^-1 (x_o - μ_o)     o known, m unknown
 * E x_m   = μ_m + B (x_o - μ_o)      B = Σ_mo Σ_oo^-1
 * Cov x_m = Σ_mm - B Σ_om
 * </pre>
 */
final class Components {
  private final Mixture mixture;
  private final Grid.Group group;
  private final int o;
  private final int m;
  private final double[][] factors; // (K)(o, o) of Σ_oo
  private final double[] constant; // (K) log π - ½ log |Σ_oo|
  final double[][] gain; // (K)(m, o) B; made by need
  final double[][] spread; // (K)(m, m) Cov x_m
  private final double[] off;

  Components(Mixture mixture, Grid.Group group) {
    this.mixture = mixture;
    this.group = group;
    this.o = group.known().length;
    this.m = group.unknown().length;
    int count = mixture.size();
    factors = new double[count][o * o];
    constant = new double[count];
    gain = new double[count][];
    spread = new double[count][];
    off = new double[o];
    for (int k = 0; k < count; k++) {
      factor(k);
    }
  }

  private void factor(int k) {
    double[] cov = mixture.covariance[k];
    double[] f = factors[k];
    int d = mixture.width;
    for (int a = 0; a < o; a++) {
      int row = group.known()[a] * d;
      for (int b = 0; b <= a; b++) {
        f[a * o + b] = cov[row + group.known()[b]];
      }
    }
    if (!Cholesky.factor(f, o)) {
      throw new ArithmeticException("a component's covariance is not positive definite");
    }
    double c = StrictMath.log(mixture.share[k]);
    for (int a = 0; a < o; a++) {
      c -= StrictMath.log(f[a * o + a]);
    }
    constant[k] = c;
  }

  /** Writes the components' shares in a row to {@code shares} (K); returns its log-likelihood. */
  double shares(double[] x, double[] shares) {
    for (int k = 0; k < shares.length; k++) {
      double[] mu = mixture.mean[k];
      double[] f = factors[k];
      double length = 0;
      for (int a = 0; a < o; a++) {
        double sum = x[group.known()[a]] - mu[group.known()[a]];
        int row = a * o;
        for (int b = 0; b < a; b++) {
          sum -= f[row + b] * off[b];
        }
        off[a] = sum / f[row + a];
        length += off[a] * off[a];
      }
      shares[k] = constant[k] - 0.5 * length;
    }
    return Exponential.softmax(shares);
  }

  /** Makes a component's gain and spread, if they are not there yet. */
  void condition(int k) {
    if (gain[k] != null) {
      return;
    }
    int d = mixture.width;
    double[] cov = mixture.covariance[k];
    double[] b = new double[m * o];
    double[] c = new double[m * m];
    for (int i = 0; i < m; i++) {
      int row = group.unknown()[i] * d;
      for (int a = 0; a < o; a++) {
        b[i * o + a] = cov[row + group.known()[a]];
      }
      if (o > 0) {
        Cholesky.solve(factors[k], o, b, i * o);
      }
      for (int j = 0; j <= i; j++) {
        int other = group.unknown()[j] * d;
        double sum = cov[row + group.unknown()[j]];
        for (int a = 0; a < o; a++) {
          sum -= b[i * o + a] * cov[other + group.known()[a]];
        }
        c[i * m + j] = sum;
        c[j * m + i] = sum;
      }
    }
    gain[k] = b;
    spread[k] = c;
  }

  /** Writes a component's mean of the unknown cells (m). */
  void expect(int k, double[] x, double[] out) {
    double[] mu = mixture.mean[k];
    double[] b = gain[k];
    for (int a = 0; a < o; a++) {
      off[a] = x[group.known()[a]] - mu[group.known()[a]];
    }
    for (int i = 0; i < m; i++) {
      double sum = mu[group.unknown()[i]];
      for (int a = 0; a < o; a++) {
        sum = Math.fma(b[i * o + a], off[a], sum);
      }
      out[i] = sum;
    }
  }
}
