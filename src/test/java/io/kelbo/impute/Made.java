package io.kelbo.impute;

import java.util.Random;

/** Grids with a known truth, standardised, with cells hidden at random. */
final class Made {
  final double[][] truth;
  final Grid grid;

  private Made(double[][] truth, double share, long seed) {
    this.truth = truth;
    Random random = new Random(seed);
    double[][] values = new double[truth.length][];
    boolean[][] known = new boolean[truth.length][truth[0].length];
    for (int r = 0; r < truth.length; r++) {
      values[r] = truth[r].clone();
      int kept = random.nextInt(truth[r].length);
      for (int j = 0; j < truth[r].length; j++) {
        known[r][j] = j == kept || random.nextDouble() >= share;
        values[r][j] = known[r][j] ? truth[r][j] : 0;
      }
    }
    this.grid = new Grid(values, known);
  }

  /** Four places from two latents, {@code noise} beside them. */
  static Made linear(int rows, double share, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[rows][4];
    for (double[] row : x) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      row[0] = a + 0.2 * random.nextGaussian();
      row[1] = b + 0.2 * random.nextGaussian();
      row[2] = 0.7 * (a + b) + 0.2 * random.nextGaussian();
      row[3] = 0.7 * (a - b) + 0.2 * random.nextGaussian();
    }
    return new Made(x, share, seed);
  }

  /** Three places on a curve that no line follows: {@code t, t², cos 3t}, centred. */
  static Made curved(int rows, double share, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[rows][3];
    for (double[] row : x) {
      double t = 3.4 * random.nextDouble() - 1.7;
      row[0] = t + 0.05 * random.nextGaussian();
      row[1] = t * t - 1 + 0.05 * random.nextGaussian();
      row[2] = 1.4 * Math.cos(3 * t) + 0.05 * random.nextGaussian();
    }
    return new Made(x, share, seed);
  }

  /** Places that have nothing to do with each other. */
  static Made noise(int rows, int width, double share, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[rows][width];
    for (double[] row : x) {
      for (int j = 0; j < width; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return new Made(x, share, seed);
  }

  /** A few recipes of five places that have nothing in common, each row one of them. */
  static Made recipes(int rows, int recipes, double share, long seed) {
    Random random = new Random(seed);
    double[][] book = new double[recipes][5];
    for (double[] recipe : book) {
      for (int j = 0; j < recipe.length; j++) {
        recipe[j] = random.nextGaussian();
      }
    }
    double[][] x = new double[rows][];
    for (int r = 0; r < rows; r++) {
      x[r] = book[random.nextInt(recipes)].clone();
    }
    return new Made(x, share, seed);
  }

  /** Root mean squared error over the hidden cells. */
  double error(Filled filled) {
    double squares = 0;
    int count = 0;
    for (int r = 0; r < grid.rows; r++) {
      for (int j = 0; j < grid.width; j++) {
        if (!grid.known[r][j]) {
          double off = filled.mean[r][j] - truth[r][j];
          squares += off * off;
          count++;
        }
      }
    }
    return Math.sqrt(squares / count);
  }

  /** Share of the hidden cells within their 90 % interval. */
  double coverage(Filled filled) {
    int inside = 0;
    int count = 0;
    for (int r = 0; r < grid.rows; r++) {
      for (int j = 0; j < grid.width; j++) {
        if (!grid.known[r][j]) {
          double off = Math.abs(filled.mean[r][j] - truth[r][j]);
          inside += off <= 1.645 * Math.sqrt(filled.variance[r][j]) ? 1 : 0;
          count++;
        }
      }
    }
    return (double) inside / count;
  }
}
