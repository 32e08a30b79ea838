package io.kelbo.impute;

import java.util.List;

/** Fills grids: the candidates that count, weighted place by place, with sds made honest. */
final class Imputer {
  private final List<Filler> fillers;
  private final double[][] weights; // (width)(fillings)
  private final double[] widening; // (width) of the sd
  private final Findings findings;

  Imputer(List<Filler> fillers, double[][] weights, double[] widening, Findings findings) {
    this.fillers = List.copyOf(fillers);
    this.weights = weights;
    this.widening = widening;
    this.findings = findings;
  }

  Findings findings() {
    return findings;
  }

  Filled fill(Grid grid) {
    boolean[] holed = new boolean[grid.rows];
    for (int r = 0; r < grid.rows; r++) {
      for (boolean known : grid.known[r]) {
        holed[r] |= !known;
      }
    }
    List<Filled> fillings =
        fillers.stream().flatMap(filler -> filler.fill(grid, holed).stream()).toList();
    Filled blend = Filled.blend(grid, fillings, weights);
    for (double[] row : blend.variance) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= widening[j] * widening[j];
      }
    }
    return blend;
  }
}
