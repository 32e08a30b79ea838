package io.kelbo.impute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImputerLearningTest {
  private static Imputer learned(Grid grid) {
    int[] untied = new int[grid.width];
    Arrays.setAll(untied, j -> j);
    return ImputerLearning.learn(grid, untied, Candidate.MOST_WORK, 1, what -> {});
  }

  private static double meansError(Made made) {
    return made.error(new Filled(made.grid)); // standardised: the mean is 0
  }

  @Test
  void shouldRecoverLinearStructure() {
    Made made = Made.linear(400, 0.3, 1);

    Filled filled = learned(made.grid).fill(made.grid);

    assertThat(made.error(filled)).isLessThan(0.6 * meansError(made));
  }

  @Test
  void shouldRecoverACurveBetterThanAnyLine() {
    Made made = Made.curved(600, 0.2, 2);

    Filled filled = learned(made.grid).fill(made.grid);

    // Half of the curve is its own mirror image: where its first place is hidden, so is its side.
    assertThat(made.error(filled))
        .isLessThan(0.8 * made.error(Candidate.one(made.grid).fill(made.grid)));
  }

  @Test
  void shouldCoverNineTenthsOfTheHiddenCells() {
    Made linear = Made.linear(1000, 0.3, 3);
    Made curved = Made.curved(1000, 0.3, 4);

    double linearly = linear.coverage(learned(linear.grid).fill(linear.grid));
    double curvedly = curved.coverage(learned(curved.grid).fill(curved.grid));

    assertThat(linearly).isBetween(0.85, 0.95);
    assertThat(curvedly).isBetween(0.85, 0.95);
  }

  @Test
  void shouldKnowNothingOfTheCellsItIsTriedOn() {
    Made made = Made.linear(400, 0.3, 5);

    Findings findings = learned(made.grid).findings();
    double truly = made.error(learned(made.grid).fill(made.grid));

    // If it had seen them, it would promise more than it keeps on cells that nobody showed it.
    assertThat(findings.nrmse()).isBetween(0.85 * truly, 1.3 * truly);
    assertThat(findings.cells()).isBetween(100, 200);
  }

  @Test
  void shouldPromiseNoMoreThanItKeepsWhereThereIsNothingToLearn() {
    double promised = 0;
    double kept = 0;
    double promisedCoverage = 0;
    double keptCoverage = 0;
    int tables = 20;
    for (int seed = 0; seed < tables; seed++) {
      Made made = Made.noise(100, 4, 0.3, seed);
      Imputer imputer = learned(made.grid);
      Filled filled = imputer.fill(made.grid);
      promised += imputer.findings().nrmse() / tables;
      kept += made.error(filled) / tables;
      promisedCoverage += imputer.findings().coverage() / tables;
      keptCoverage += made.coverage(filled) / tables;
    }

    assertThat(promised).isBetween(kept, kept + 0.06);
    assertThat(promisedCoverage).isBetween(keptCoverage - 0.04, keptCoverage);
  }

  @Test
  void shouldSayWhichCandidatesAreLeftOutForTheSizeOfATable() {
    Grid large = new Grid(new double[20_000][30], new boolean[20_000][30]);
    Grid small = new Grid(new double[100][2], new boolean[100][2]);

    assertThat(Candidates.of(large, Candidate.MOST_WORK).leftOut().keySet())
        .containsExactly("mixture_3", "mixture_8", "mixture_20", "mixture_50", "vae");
    assertThat(Candidates.of(large, Candidate.MOST_WORK).leftOut().get("vae"))
        .isEqualTo("20000 rows of 30 numbers cost 2.5 times what a model may");
    assertThat(Candidates.of(small, Candidate.MOST_WORK).leftOut())
        .containsEntry("mixture_20", "it needs 120 rows")
        .containsEntry("vae", "it needs 200 rows and 3 columns of numbers")
        .doesNotContainKey("mixture_8");
  }

  @Test
  void shouldGiveTheSameBitsForTheSameSeed() {
    Made made = Made.curved(300, 0.3, 6);

    double[][] once = learned(made.grid).fill(made.grid).mean;
    double[][] again = learned(made.grid).fill(made.grid).mean;

    assertThat(once).isDeepEqualTo(again);
  }

  @Test
  void shouldFillFewRowsWithoutChoosing() {
    Made made = Made.linear(6, 0.3, 7);

    Imputer imputer = learned(made.grid);

    assertThat(imputer.findings().cells()).isZero();
    assertThat(imputer.findings().weights()).containsOnlyKeys("gaussian");
    for (double[] row : imputer.fill(made.grid).mean) {
      assertThat(Arrays.stream(row).allMatch(Double::isFinite)).isTrue();
    }
  }
}
