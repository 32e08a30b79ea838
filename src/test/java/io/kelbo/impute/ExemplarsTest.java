package io.kelbo.impute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExemplarsTest {
  @Test
  void shouldFindARecipeAmongMany() {
    Made made = Made.recipes(400, 60, 0.2, 9);

    Filler one = Candidate.one(made.grid);
    Filled filled = Exemplars.learn(made.grid, one, 1).fill(made.grid);

    assertThat(made.error(filled)).isLessThan(0.5 * made.error(one.fill(made.grid)));
  }

  @Test
  void shouldNotTakeARowForItsOwnExample() {
    Made made = Made.recipes(200, 200, 0.2, 10);
    boolean[] all = new boolean[made.grid.rows];
    Arrays.fill(all, true);

    List<Filled> own = Exemplars.learn(made.grid, Candidate.one(made.grid), 1).fill(made.grid, all);

    // No two rows are alike: what is filled in cannot be surer than chance.
    assertThat(made.error(own.get(0))).isGreaterThan(0.5);
    assertThat(own).hasSize(Exemplars.TEMPERATURES.length);
  }
}
