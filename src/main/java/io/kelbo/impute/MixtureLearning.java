package io.kelbo.impute;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Learns a {@link Mixture} from a grid with holes by EM. Each component's covariance is drawn
 * towards the mean one, as if {@code pull} rows more had been seen, so that small components stay
 * sane.
 */
final class MixtureLearning {
  private static final double NOTHING = 1e-6; // a component's share of a row that moves nothing

  private final Grid grid;
  private final List<Grid.Group> groups;
  private final int size;
  private final int d;
  private final double pull;
  private final double floor;
  private final double[] weight; // (K) Σ shares
  private final double[][] first; // (K)(d) Σ share x
  private final double[][] second; // (K)(d, d) Σ share E x x', lower triangle

  private MixtureLearning(Grid grid, int size, double pull, double floor) {
    this.grid = grid;
    this.groups = grid.groups();
    this.size = size;
    this.d = grid.width;
    this.pull = pull;
    this.floor = floor;
    this.weight = new double[size];
    this.first = new double[size][d];
    this.second = new double[size][d * d];
  }

  /**
   * @param start (rows, width) a first filling of the grid, to part the rows by
   * @param size how many components
   * @param pull rows' worth of the mean covariance in each component's
   * @param floor smallest variance, standardised
   */
  static Mixture learn(
      Grid grid, double[][] start, int size, double pull, double floor, int iterations, long seed) {
    MixtureLearning learning = new MixtureLearning(grid, size, pull, floor);
    Mixture mixture = learning.parted(start, new Random(seed));
    for (int i = 0; i < iterations; i++) {
      mixture = learning.step(mixture);
    }
    return mixture;
  }

  /** Parts the rows by k-means, begun as k-means++ (Arthur and Vassilvitskii 2007). */
  private Mixture parted(double[][] x, Random random) {
    double[][] centre = new double[size][];
    double[] nearest = new double[x.length];
    Arrays.fill(nearest, 1);
    for (int k = 0; k < size; k++) {
      centre[k] = x[drawn(nearest, random)].clone();
      for (int r = 0; r < x.length; r++) {
        double distance = distance(x[r], centre[k]);
        nearest[r] = k == 0 ? distance : Math.min(nearest[r], distance);
      }
    }
    int[] home = new int[x.length];
    for (int round = 0; round < 5; round++) {
      double[] count = new double[size];
      double[][] sum = new double[size][d];
      for (int r = 0; r < x.length; r++) {
        home[r] = 0;
        for (int k = 1; k < size; k++) {
          home[r] = distance(x[r], centre[k]) < distance(x[r], centre[home[r]]) ? k : home[r];
        }
        count[home[r]]++;
        for (int j = 0; j < d; j++) {
          sum[home[r]][j] += x[r][j];
        }
      }
      for (int k = 0; k < size; k++) {
        for (int j = 0; j < d && count[k] > 0; j++) {
          centre[k][j] = sum[k][j] / count[k];
        }
      }
    }
    forget();
    for (int r = 0; r < x.length; r++) {
      add(home[r], 1, x[r]);
    }
    return mixture();
  }

  private static int drawn(double[] weights, Random random) {
    double left = random.nextDouble() * Arrays.stream(weights).sum();
    for (int r = 0; r < weights.length; r++) {
      left -= weights[r];
      if (left < 0) {
        return r;
      }
    }
    return weights.length - 1;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }

  private Mixture step(Mixture mixture) {
    forget();
    double[] x = new double[d];
    for (Grid.Group group : groups) {
      Components components = new Components(mixture, group);
      int m = group.unknown().length;
      double[] expected = new double[m];
      double[] shares = new double[size];
      double[] total = new double[size];
      for (int r : group.rows()) {
        components.shares(grid.values[r], shares);
        for (int k = 0; k < size; k++) {
          if (shares[k] < NOTHING) {
            continue;
          }
          components.condition(k);
          components.expect(k, grid.values[r], expected);
          System.arraycopy(grid.values[r], 0, x, 0, d);
          for (int i = 0; i < m; i++) {
            x[group.unknown()[i]] = expected[i];
          }
          add(k, shares[k], x);
          total[k] += shares[k];
        }
      }
      for (int k = 0; k < size; k++) {
        for (int i = 0; i < m && total[k] > 0; i++) {
          int row = group.unknown()[i] * d;
          for (int j = 0; j <= i; j++) {
            second[k][row + group.unknown()[j]] += total[k] * components.spread[k][i * m + j];
          }
        }
      }
    }
    return mixture();
  }

  private void forget() {
    Arrays.fill(weight, 0);
    for (int k = 0; k < size; k++) {
      Arrays.fill(first[k], 0);
      Arrays.fill(second[k], 0);
    }
  }

  private void add(int k, double share, double[] x) {
    weight[k] += share;
    for (int i = 0; i < d; i++) {
      double scaled = share * x[i];
      first[k][i] += scaled;
      for (int j = 0; j <= i; j++) {
        second[k][i * d + j] = Math.fma(scaled, x[j], second[k][i * d + j]);
      }
    }
  }

  /** The M step: from weighted sums to means and covariances. */
  private Mixture mixture() {
    double[] share = new double[size];
    double[][] mean = new double[size][d];
    double[][] cov = new double[size][d * d];
    double[] within = new double[d * d];
    for (int k = 0; k < size; k++) {
      share[k] = (weight[k] + 1) / (grid.rows + size);
      for (int i = 0; i < d; i++) {
        mean[k][i] = first[k][i] / (weight[k] + 1e-9);
        for (int j = 0; j <= i; j++) {
          cov[k][i * d + j] = second[k][i * d + j] - weight[k] * mean[k][i] * mean[k][j];
          within[i * d + j] += cov[k][i * d + j] / grid.rows;
        }
      }
    }
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          // One component has no other to be drawn to: its correlations shrink instead.
          double towards = size > 1 || i == j ? within[i * d + j] : 0;
          double c = (cov[k][i * d + j] + pull * towards) / (weight[k] + pull);
          c += i == j ? floor : 0;
          cov[k][i * d + j] = c;
          cov[k][j * d + i] = c;
        }
      }
    }
    return new Mixture(d, share, mean, cov);
  }
}
