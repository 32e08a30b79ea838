package io.kelbo.impute;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How good a blend is, by cells that did not choose its weights and widths: the held-out cells are
 * parted by rows, and each part is asked about what the others chose.
 *
 * @param cells how many were asked; 0 where one part holds them all
 * @param squaredError mean over the cells, in squared standard deviations; NaN without cells
 * @param covered how many lie within their 90 % interval
 */
record HeldOutCheck(int cells, double squaredError, int covered) {
  private static final int PARTS = 5;

  /**
   * @param truth the grid that knows the cells
   * @param less the same without them
   * @param fillings of {@code less}
   */
  static HeldOutCheck of(
      Grid truth, Grid less, List<Grid.Cell> cells, List<Filled> fillings, long seed) {
    int[] part = new Random(seed).ints(truth.rows, 0, PARTS).toArray();
    double squares = 0;
    int covered = 0;
    for (int p = 0; p < PARTS; p++) {
      List<Grid.Cell> asked = new ArrayList<>();
      List<Grid.Cell> chose = new ArrayList<>();
      for (Grid.Cell cell : cells) {
        (part[cell.row()] == p ? asked : chose).add(cell);
      }
      if (chose.isEmpty()) {
        return new HeldOutCheck(0, Double.NaN, 0);
      }
      Filled blend = Filled.blend(less, fillings, Weights.of(truth, chose, fillings).places());
      covered += Widening.of(truth, chose, blend).covered(truth, asked, blend);
      squares += squares(truth, asked, blend);
    }
    return new HeldOutCheck(cells.size(), squares / cells.size(), covered);
  }

  /** Sum of squared errors over cells. */
  static double squares(Grid truth, List<Grid.Cell> cells, Filled filled) {
    double squares = 0;
    for (Grid.Cell cell : cells) {
      double off = filled.mean[cell.row()][cell.place()] - truth.values[cell.row()][cell.place()];
      squares += off * off;
    }
    return squares;
  }
}
