package io.kelbo.impute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeldOutCheckTest {
  @Test
  void shouldNotTakeForGoodWhatFitsByChance() {
    Random random = new Random(3);
    double[][] truth = new double[60][1];
    List<Grid.Cell> cells = new ArrayList<>();
    for (int r = 0; r < truth.length; r++) {
      truth[r][0] = random.nextGaussian();
      cells.add(new Grid.Cell(r, 0));
    }
    boolean[][] known = new boolean[60][1];
    for (boolean[] row : known) {
      row[0] = true;
    }
    Grid grid = new Grid(truth, known);
    Grid less = grid.without(cells);
    List<Filled> fillings = new ArrayList<>();
    for (int f = 0; f < 40; f++) {
      Filled filling = new Filled(less);
      for (int r = 0; r < truth.length; r++) {
        filling.mean[r][0] = random.nextGaussian(); // knows nothing
        filling.variance[r][0] = 0.01; // and is sure of it
      }
      fillings.add(filling);
    }

    Filled fitted = Filled.blend(less, fillings, Weights.of(grid, cells, fillings).places());
    double bySame = HeldOutCheck.squares(grid, cells, fitted) / cells.size();
    HeldOutCheck check = HeldOutCheck.of(grid, less, cells, fillings, 1);
    double spread = HeldOutCheck.squares(grid, cells, new Filled(less)) / cells.size();

    assertThat(bySame).isLessThan(0.8 * spread); // better than knowing nothing, by chance
    assertThat(check.squaredError()).isGreaterThan(spread);
    assertThat(check.cells()).isEqualTo(60);
    assertThat(check.covered()).isBetween(40, 56);
  }
}
