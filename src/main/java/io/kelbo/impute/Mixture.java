package io.kelbo.impute;

import java.util.List;

/**
 * A linear autoencoder under a mixture prior: each component has its own mean and linear decoder,
 * so that, given any known cells, the posterior is a mixture of Gaussians and exact (mixtures of
 * factor analysers with all latents: Ghahramani and Hinton 1996). One component is plain factor
 * analysis without a bottleneck. Immutable; learned by {@link MixtureLearning}.
 */
final class Mixture implements Filler {
  private static final double NOTHING = 1e-9; // a share too small to move a mean

  final int width;
  final double[] share; // (K), sums to 1
  final double[][] mean; // (K)(width)
  final double[][] covariance; // (K)(width, width)

  Mixture(int width, double[] share, double[][] mean, double[][] covariance) {
    this.width = width;
    this.share = share;
    this.mean = mean;
    this.covariance = covariance;
  }

  int size() {
    return share.length;
  }

  @Override
  public List<Filled> fill(Grid grid, boolean[] wanted) {
    Filled filled = new Filled(grid);
    double[] shares = new double[size()];
    for (Grid.Group group : grid.groups()) {
      int m = group.unknown().length;
      if (m == 0) {
        continue;
      }
      Components components = new Components(this, group);
      double[] expected = new double[m];
      for (int r : group.rows()) {
        if (!wanted[r]) {
          continue;
        }
        components.shares(grid.values[r], shares);
        double[] square = new double[m];
        double[] sum = new double[m];
        for (int k = 0; k < shares.length; k++) {
          if (shares[k] < NOTHING) {
            continue;
          }
          components.condition(k);
          components.expect(k, grid.values[r], expected);
          for (int i = 0; i < m; i++) {
            sum[i] += shares[k] * expected[i];
            square[i] += shares[k] * (expected[i] * expected[i] + components.spread[k][i * m + i]);
          }
        }
        for (int i = 0; i < m; i++) {
          filled.mean[r][group.unknown()[i]] = sum[i];
          filled.variance[r][group.unknown()[i]] = Math.max(0, square[i] - sum[i] * sum[i]);
        }
      }
    }
    return List.of(filled);
  }
}
