package io.kelbo.vae;

/**
 * The multivariate normal by its covariance and plain elimination: an independent way to what
 * factor analysis and the network should say.
 *
 * @param mean (d)
 * @param covariance (d)(d)
 */
record Gaussian(double[] mean, double[][] covariance) {
  /** {@code N(b, W W' + Ψ)}. */
  static Gaussian of(double[] b, double[][] w, double[] psi) {
    int d = b.length;
    double[][] c = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        c[i][j] = i == j ? psi[i] : 0;
        for (int l = 0; l < w[i].length; l++) {
          c[i][j] += w[i][l] * w[j][l];
        }
      }
    }
    return new Gaussian(b, c);
  }

  /** What a network without hidden units says its Gaussian heads look like. */
  static Gaussian of(Network network) {
    Shape s = network.shape();
    double[] p = network.parameters();
    int d = s.inputs();
    double[] b = new double[d];
    double[] psi = new double[d];
    double[][] w = new double[d][s.latent()];
    for (int j = 0; j < d; j++) {
      b[j] = p[s.decodeBias() + j];
      psi[j] = Math.exp(2 * p[s.logSd() + j]);
      for (int l = 0; l < s.latent(); l++) {
        w[j][l] = p[s.decodeSkip() + l * d + j];
      }
    }
    return of(b, w, psi);
  }

  /** {@code ½ (x-b)' C^-1 (x-b)} over the places that are observed. */
  double surprisal(double[] x, boolean[] observed) {
    return 0.5 * eliminate(x, observed)[0];
  }

  /** {@code log N(x; b, C)} over the places that are observed. */
  double logDensity(double[] x, boolean[] observed) {
    double[] both = eliminate(x, observed);
    int d = 0;
    for (boolean o : observed) {
      d += o ? 1 : 0;
    }
    return -0.5 * (both[0] + both[1] + d * Math.log(2 * Math.PI));
  }

  /** Mean and variance of one hidden place given the observed ones. */
  double[] conditional(int hidden, double[] x, boolean[] observed) {
    int[] o = places(observed);
    double[][] a = new double[o.length][o.length + 2]; // C_oo | x - b | C_oh
    for (int i = 0; i < o.length; i++) {
      for (int j = 0; j < o.length; j++) {
        a[i][j] = covariance[o[i]][o[j]];
      }
      a[i][o.length] = x[o[i]] - mean[o[i]];
      a[i][o.length + 1] = covariance[o[i]][hidden];
    }
    solve(a);
    double expected = mean[hidden];
    double variance = covariance[hidden][hidden];
    for (int i = 0; i < o.length; i++) {
      expected += covariance[hidden][o[i]] * a[i][o.length];
      variance -= covariance[hidden][o[i]] * a[i][o.length + 1];
    }
    return new double[] {expected, variance};
  }

  /** Squared Mahalanobis length and log determinant. */
  private double[] eliminate(double[] x, boolean[] observed) {
    int[] o = places(observed);
    double[][] a = new double[o.length][o.length + 1];
    for (int i = 0; i < o.length; i++) {
      for (int j = 0; j < o.length; j++) {
        a[i][j] = covariance[o[i]][o[j]];
      }
      a[i][o.length] = x[o[i]] - mean[o[i]];
    }
    double logDeterminant = solve(a);
    double square = 0;
    for (int i = 0; i < o.length; i++) {
      square += (x[o[i]] - mean[o[i]]) * a[i][o.length];
    }
    return new double[] {square, logDeterminant};
  }

  /** Gauss-Jordan in place, pivots in order (positive definite); returns the log determinant. */
  private static double solve(double[][] a) {
    double logDeterminant = 0;
    for (int k = 0; k < a.length; k++) {
      logDeterminant += Math.log(a[k][k]);
      for (int j = a[k].length - 1; j >= k; j--) {
        a[k][j] /= a[k][k];
      }
      for (int i = 0; i < a.length; i++) {
        double factor = a[i][k];
        for (int j = k; i != k && j < a[k].length; j++) {
          a[i][j] -= factor * a[k][j];
        }
      }
    }
    return logDeterminant;
  }

  private static int[] places(boolean[] observed) {
    return java.util.stream.IntStream.range(0, observed.length).filter(i -> observed[i]).toArray();
  }
}
