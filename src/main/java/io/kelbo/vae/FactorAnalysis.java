package io.kelbo.vae;

import io.kelbo.kernel.Cholesky;
import io.kelbo.kernel.Kernels;
import io.kelbo.kernel.SymmetricEigen;
import java.util.Arrays;

/**
 * Factor analysis, {@code x = b + W z + noise}, {@code z ~ N(0, I)}, {@code noise ~ N(0, diag ψ)},
 * by EM with missing values and row weights (Rubin and Thayer 1982; start by PPCA, Tipping and
 * Bishop 1999). Rotated so that {@code W' Ψ^-1 W} is diagonal: then a diagonal encoder is exact
 * (Lucas et al. 2019). Complete rows enter through their moments, so only rows with holes cost by
 * the row.
 */
final class FactorAnalysis {
  final int d;
  final int latent;
  final double[] loadings; // W (d, L)
  final double[] bias; // b (d)
  final double[] psi; // (d)

  private final double floor;
  private final boolean[] fixed;
  private final Moments moments;
  private final double[] weighed; // (d, L, L)
  private final Kernels kernels = Kernels.best();

  /**
   * @param fixed (d) places whose ψ stays 1: fields that never change carry no measured noise
   */
  private FactorAnalysis(Moments moments, int latent, double floor, boolean[] fixed) {
    this.moments = moments;
    this.d = moments.d;
    this.latent = Math.min(latent, d);
    this.floor = floor;
    this.fixed = fixed;
    this.loadings = new double[d * this.latent];
    this.bias = moments.mean();
    this.psi = new double[d];
    this.weighed = new double[d * this.latent * this.latent];
  }

  static FactorAnalysis fit(
      Moments moments, int latent, double floor, boolean[] fixed, int iterations) {
    FactorAnalysis fa = new FactorAnalysis(moments, latent, floor, fixed);
    fa.start();
    for (int i = 0; i < iterations; i++) {
      fa.step();
    }
    fa.rotate();
    return fa;
  }

  /** PPCA on the pairwise covariance: {@code W = U (Λ - s²)^½}, s² the mean of the rest. */
  private void start() {
    LeadingEigen eigen =
        moments.wide()
            ? LeadingEigen.of(
                b -> moments.roughCovarianceTimes(b, latent, bias),
                d, // the trace: values are standardised
                d,
                latent)
            : LeadingEigen.exact(moments.pairwiseCovariance(bias), d, latent);
    double noise = Math.max(latent < d ? eigen.rest() / (d - latent) : 1e-3, floor);
    for (int l = 0; l < latent; l++) {
      double scale = Math.sqrt(Math.max(eigen.values()[l] - noise, 1e-4));
      for (int j = 0; j < d; j++) {
        loadings[j * latent + l] = eigen.vectors()[l * d + j] * scale;
      }
    }
    for (int j = 0; j < d; j++) {
      psi[j] = fixed[j] ? 1 : noise;
    }
  }

  /** One EM step. */
  private void step() {
    int ll = latent * latent;
    double[] crossed = new double[d * latent]; // Σ_n w x_j m_n, x centred
    double[] second = new double[d * ll]; // Σ_n w m_nj (G_n + m_n m_n')
    double[] squares = new double[d]; // Σ_n w m_nj x_j²
    double[] decoded = new double[d]; // Σ_n w m_nj (W m_n)_j
    double[] count = moments.observed.clone();
    weigh();
    completeRows(crossed, second, squares, decoded);
    for (int r = 0; r < moments.holed.length; r++) {
      holedRow(r, crossed, second, squares, decoded);
    }
    for (int j = 0; j < d; j++) {
      if (count[j] <= 0) {
        Arrays.fill(loadings, j * latent, (j + 1) * latent, 0); // never seen: tells nothing
        continue;
      }
      double[] a = Arrays.copyOfRange(second, j * ll, (j + 1) * ll);
      for (int l = 0; l < latent; l++) {
        a[l * latent + l] += 1e-9 * count[j];
      }
      double[] inverse = Cholesky.inverse(a, latent);
      double quadratic = 0;
      double cross = 0;
      double[] row = new double[latent];
      for (int l = 0; l < latent; l++) {
        for (int k = 0; k < latent; k++) {
          row[l] += inverse[l * latent + k] * crossed[j * latent + k];
        }
      }
      for (int l = 0; l < latent; l++) {
        cross += row[l] * crossed[j * latent + l];
        for (int k = 0; k < latent; k++) {
          quadratic += row[l] * row[k] * second[j * ll + l * latent + k];
        }
        loadings[j * latent + l] = row[l];
      }
      psi[j] = fixed[j] ? 1 : Math.max((squares[j] - 2 * cross + quadratic) / count[j], floor);
      bias[j] += (moments.centredSum(j, bias) - decoded[j]) / count[j];
    }
  }

  private void completeRows(double[] crossed, double[] second, double[] squares, double[] decoded) {
    if (moments.completeWeight <= 0) {
      return;
    }
    double n = moments.completeWeight;
    double[] mask = new double[d];
    Arrays.fill(mask, 1);
    double[] g = posterior(mask);
    double[] b = gain(g, mask); // (L, d)
    double[] shift = moments.completeShift(bias); // E (x-b)
    double[] cb = moments.covarianceTimes(b, latent, bias); // C B'
    double[] variances = moments.variances(bias);
    for (int i = 0; i < cb.length; i++) {
      crossed[i] += n * cb[i];
    }
    double[] zz = g.clone();
    double[] z = new double[latent];
    for (int l = 0; l < latent; l++) {
      for (int k = 0; k < latent; k++) {
        for (int j = 0; j < d; j++) {
          zz[l * latent + k] += b[l * d + j] * cb[j * latent + k];
        }
      }
      for (int j = 0; j < d; j++) {
        z[l] += b[l * d + j] * shift[j];
      }
    }
    for (int j = 0; j < d; j++) {
      for (int i = 0; i < zz.length; i++) {
        second[j * zz.length + i] += n * zz[i];
      }
      squares[j] += n * variances[j];
      for (int l = 0; l < latent; l++) {
        decoded[j] += n * loadings[j * latent + l] * z[l];
      }
    }
  }

  private void holedRow(
      int r, double[] crossed, double[] second, double[] squares, double[] decoded) {
    double[] x = moments.holed[r];
    double[] mask = moments.holedMask[r];
    double weight = moments.holedWeight[r];
    int ll = latent * latent;
    double[] g = posterior(mask);
    double[] centred = new double[d];
    double[] scaled = new double[d];
    double[] counted = new double[d];
    for (int j = 0; j < d; j++) {
      centred[j] = mask[j] != 0 ? x[j] - bias[j] : 0;
      scaled[j] = centred[j] / psi[j];
      counted[j] = weight * mask[j];
      squares[j] += weight * centred[j] * centred[j];
      centred[j] *= weight;
    }
    double[] z = new double[latent];
    kernels.multiplyAdd(scaled, 0, d, loadings, 0, latent, z, 0);
    double[] m = new double[latent];
    kernels.multiplyAdd(z, 0, latent, g, 0, latent, m, 0); // G is symmetric
    kernels.addOuter(m, 0, latent, m, 0, latent, g, 0); // G + m m'
    kernels.addOuter(counted, 0, d, g, 0, ll, second, 0);
    kernels.addOuter(centred, 0, d, m, 0, latent, crossed, 0);
    double[] back = new double[d];
    kernels.multiplyAddTransposed(m, 0, latent, loadings, 0, d, back, 0);
    for (int j = 0; j < d; j++) {
      decoded[j] += counted[j] * back[j];
    }
  }

  /** {@code G = (I + W_o' Ψ_o^-1 W_o)^-1} (L, L), from the products of the last {@link #weigh}. */
  double[] posterior(double[] mask) {
    double[] h = new double[latent * latent];
    for (int l = 0; l < latent; l++) {
      h[l * latent + l] = 1;
    }
    kernels.multiplyAdd(mask, 0, d, weighed, 0, latent * latent, h, 0);
    return Cholesky.inverse(h, latent);
  }

  /** {@code W_j' W_j / ψ_j} for each place: what one observed value adds to the precision. */
  private void weigh() {
    Arrays.fill(weighed, 0);
    for (int j = 0; j < d; j++) {
      for (int l = 0; l < latent; l++) {
        double scaled = loadings[j * latent + l] / psi[j];
        for (int k = 0; k < latent; k++) {
          weighed[(j * latent + l) * latent + k] = scaled * loadings[j * latent + k];
        }
      }
    }
  }

  /** {@code B = G W' Ψ^-1} (L, d). */
  double[] gain(double[] g, double[] mask) {
    double[] b = new double[latent * d];
    for (int l = 0; l < latent; l++) {
      for (int j = 0; j < d; j++) {
        if (mask[j] != 0) {
          double sum = 0;
          for (int k = 0; k < latent; k++) {
            sum += g[l * latent + k] * loadings[j * latent + k];
          }
          b[l * d + j] = sum / psi[j];
        }
      }
    }
    return b;
  }

  private void rotate() {
    double[] a = new double[latent * latent];
    for (int l = 0; l < latent; l++) {
      for (int k = 0; k < latent; k++) {
        for (int j = 0; j < d; j++) {
          a[l * latent + k] += loadings[j * latent + l] * loadings[j * latent + k] / psi[j];
        }
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(a, latent);
    double[] rotated = new double[d * latent];
    for (int j = 0; j < d; j++) {
      for (int l = 0; l < latent; l++) {
        for (int k = 0; k < latent; k++) {
          rotated[j * latent + l] += loadings[j * latent + k] * eigen.vectors()[k * latent + l];
        }
      }
    }
    System.arraycopy(rotated, 0, loadings, 0, rotated.length);
    weigh();
  }
}
