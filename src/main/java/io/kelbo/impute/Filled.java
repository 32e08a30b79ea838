package io.kelbo.impute;

import java.util.List;

/**
 * A grid without holes: the known values as they were, elsewhere a mean and a variance, both in
 * standardised units.
 */
final class Filled {
  final double[][] mean; // (rows, width)
  final double[][] variance; // (rows, width); 0 where known

  Filled(Grid grid) {
    mean = new double[grid.rows][];
    variance = new double[grid.rows][grid.width];
    for (int r = 0; r < grid.rows; r++) {
      mean[r] = grid.values[r].clone();
    }
  }

  /**
   * Mean and variance of a mixture of fillings.
   *
   * @param weights (width)(fillings), each place's sum 1
   */
  static Filled blend(Grid grid, List<Filled> fillings, double[][] weights) {
    Filled blend = new Filled(grid);
    for (int r = 0; r < grid.rows; r++) {
      for (int j = 0; j < grid.width; j++) {
        if (grid.known[r][j]) {
          continue;
        }
        double mean = 0;
        double square = 0;
        for (int c = 0; c < weights[j].length; c++) {
          double m = fillings.get(c).mean[r][j];
          mean += weights[j][c] * m;
          square += weights[j][c] * (m * m + fillings.get(c).variance[r][j]);
        }
        blend.mean[r][j] = mean;
        blend.variance[r][j] = Math.max(0, square - mean * mean);
      }
    }
    return blend;
  }
}
