package io.kelbo.score;

import io.kelbo.kernel.Cholesky;

/** One EM step of factor analysis from a covariance (Rubin and Thayer 1982), in place. */
final class SmallFactors {
  private SmallFactors() {}

  /**
   * {@code B = G W'Ψ^-1}, {@code G = (I + W'Ψ^-1 W)^-1}; then {@code W = C B' (G + B C B')^-1},
   * {@code ψ = diag(C - W B C)}.
   *
   * @param c covariance (d, d)
   * @param numbers holds W (L, d) from {@code loadings} and ψ (d) from {@code psi}; rewritten
   */
  static void step(
      double[] c, int d, int latent, double floor, float[] numbers, int loadings, int psi) {
    double[] g = spread(d, latent, numbers, loadings, psi);
    double[] b = new double[latent * d];
    for (int l = 0; l < latent; l++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < latent; k++) {
          b[l * d + j] += g[l * latent + k] * numbers[loadings + k * d + j] / numbers[psi + j];
        }
      }
    }
    double[] cb = new double[d * latent];
    for (int j = 0; j < d; j++) {
      for (int l = 0; l < latent; l++) {
        for (int k = 0; k < d; k++) {
          cb[j * latent + l] += c[j * d + k] * b[l * d + k];
        }
      }
    }
    double[] second = g.clone();
    for (int l = 0; l < latent; l++) {
      for (int k = 0; k < latent; k++) {
        for (int j = 0; j < d; j++) {
          second[l * latent + k] += b[l * d + j] * cb[j * latent + k];
        }
      }
    }
    double[] inverse = Cholesky.inverse(second, latent);
    for (int j = 0; j < d; j++) {
      double explained = 0;
      for (int l = 0; l < latent; l++) {
        double w = 0;
        for (int k = 0; k < latent; k++) {
          w += cb[j * latent + k] * inverse[k * latent + l];
        }
        numbers[loadings + l * d + j] = (float) w;
        explained += w * cb[j * latent + l];
      }
      numbers[psi + j] = (float) Math.max(c[j * d + j] - explained, floor);
    }
  }

  /**
   * Writes {@code G}, with which a score needs no factoring of its own.
   *
   * @param numbers holds W and ψ as in {@link #step}; the lower triangle of G (L, L) is written
   *     from {@code at} on
   */
  static void spread(int d, int latent, float[] numbers, int loadings, int psi, int at) {
    double[] g = spread(d, latent, numbers, loadings, psi);
    int o = at;
    for (int l = 0; l < latent; l++) {
      for (int k = 0; k <= l; k++) {
        numbers[o++] = (float) g[l * latent + k];
      }
    }
  }

  /** G (L, L), the latents' posterior covariance. */
  private static double[] spread(int d, int latent, float[] numbers, int loadings, int psi) {
    double[] h = new double[latent * latent];
    for (int l = 0; l < latent; l++) {
      h[l * latent + l] = 1;
      for (int k = 0; k < latent; k++) {
        for (int j = 0; j < d; j++) {
          h[l * latent + k] +=
              (double) numbers[loadings + l * d + j]
                  * numbers[loadings + k * d + j]
                  / numbers[psi + j];
        }
      }
    }
    return Cholesky.inverse(h, latent);
  }
}
