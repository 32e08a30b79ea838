package io.kelbo.impute;

import java.util.ArrayList;
import java.util.List;

/**
 * By what a place's standard deviations must be multiplied, so that 90 % of the held-out cells lie
 * within 1.645 of them; a place of few cells follows the others.
 *
 * @param factors (width)
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never shared
record Widening(double[] factors) {
  private static final double SHARE = 0.9;
  private static final double OTHERS = 50; // cells' worth of all places
  private static final double SMALLEST_SD = 1e-9;

  static Widening of(Grid truth, List<Grid.Cell> cells, Filled blend) {
    List<List<Double>> ratios = new ArrayList<>();
    for (int j = 0; j < truth.width; j++) {
      ratios.add(new ArrayList<>());
    }
    List<Double> all = new ArrayList<>();
    for (Grid.Cell cell : cells) {
      double ratio = ratio(truth, cell, blend);
      all.add(ratio);
      ratios.get(cell.place()).add(ratio);
    }
    double overall = quantile(all);
    double[] factors = new double[truth.width];
    for (int j = 0; j < factors.length; j++) {
      int own = ratios.get(j).size();
      double sum = own == 0 ? 0 : own * quantile(ratios.get(j));
      factors[j] = Math.max(1e-6, (sum + OTHERS * overall) / (own + OTHERS) / Imputation.Z90);
    }
    return new Widening(factors);
  }

  /** How many cells lie within 1.645 of the widened standard deviations. */
  int covered(Grid truth, List<Grid.Cell> cells, Filled blend) {
    int covered = 0;
    for (Grid.Cell cell : cells) {
      covered += ratio(truth, cell, blend) <= Imputation.Z90 * factors[cell.place()] ? 1 : 0;
    }
    return covered;
  }

  /** A cell's error in its standard deviations. */
  private static double ratio(Grid truth, Grid.Cell cell, Filled blend) {
    double off = blend.mean[cell.row()][cell.place()] - truth.values[cell.row()][cell.place()];
    double sd = Math.sqrt(blend.variance[cell.row()][cell.place()]);
    return Math.abs(off) / Math.max(sd, SMALLEST_SD);
  }

  private static double quantile(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(SHARE * (sorted.size() + 1)) - 1;
    return sorted.get(Math.min(rank, sorted.size() - 1));
  }
}
