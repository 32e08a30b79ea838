package io.kelbo.impute;

import java.util.Arrays;

/** Scratch for one row: weighted sums over the exemplars that know a place. */
final class ExemplarSums {
  private double total;
  private final double[] weight;
  private final double[] sum;
  private final double[] square;

  ExemplarSums(int d) {
    weight = new double[d];
    sum = new double[d];
    square = new double[d];
  }

  void clear() {
    total = 0;
    Arrays.fill(weight, 0);
    Arrays.fill(sum, 0);
    Arrays.fill(square, 0);
  }

  void add(double w, double[] values, boolean[] known) {
    total += w;
    for (int j = 0; j < values.length; j++) {
      if (known[j]) {
        weight[j] += w;
        sum[j] += w * values[j];
        square[j] += w * values[j] * values[j];
      }
    }
  }

  /**
   * Fills a cell.
   *
   * @param under what the base says
   * @param baseWeight how many exemplars that is worth
   */
  void put(int j, int r, Filled under, Filled out, double baseWeight) {
    double p = baseWeight * total;
    double b = under.mean[r][j];
    double all = weight[j] + p;
    double mean = (sum[j] + p * b) / all;
    double moment = (square[j] + p * (b * b + under.variance[r][j])) / all;
    out.mean[r][j] = mean;
    out.variance[r][j] = Math.max(0, moment - mean * mean);
  }
}
