package io.kelbo.impute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MixtureTest {
  /** Two places of variance 1 and covariance 0.8 about (1, -1). */
  private static final Mixture ONE =
      new Mixture(2, new double[] {1}, new double[][] {{1, -1}}, new double[][] {{1, 0.8, 0.8, 1}});

  /** Two far apart, each with places that have nothing to do with each other. */
  private static final Mixture TWO =
      new Mixture(
          2,
          new double[] {0.25, 0.75},
          new double[][] {{-5, -2}, {5, 2}},
          new double[][] {{1, 0, 0, 0.5}, {1, 0, 0, 0.5}});

  private static Grid row(double first, boolean known) {
    return new Grid(new double[][] {{first, 0}}, new boolean[][] {{known, false}});
  }

  @Test
  void shouldConditionAGaussianExactly() {
    Filled filled = ONE.fill(row(2, true));

    assertThat(filled.mean[0][1]).isCloseTo(-1 + 0.8 * (2 - 1), within(1e-12));
    assertThat(filled.variance[0][1]).isCloseTo(1 - 0.64, within(1e-12));
    assertThat(filled.mean[0][0]).isEqualTo(2);
  }

  @Test
  void shouldAnswerWithTheComponentThatTheKnownCellsSpeakFor() {
    Filled filled = TWO.fill(row(-5, true));

    assertThat(filled.mean[0][1]).isCloseTo(-2, within(1e-9));
    assertThat(filled.variance[0][1]).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void shouldAnswerWithAllComponentsWhereNothingIsKnown() {
    Filled filled = TWO.fill(row(0, false));

    assertThat(filled.mean[0][1]).isCloseTo(0.25 * -2 + 0.75 * 2, within(1e-12));
    assertThat(filled.variance[0][1]).isCloseTo(0.5 + 4 - 1, within(1e-12));
  }

  @Test
  void shouldFindClustersThatFactorAnalysisCannot() {
    Made made = Made.recipes(300, 3, 0.3, 8);

    Filler one = Candidate.one(made.grid);
    Mixture three = MixtureLearning.learn(made.grid, one.fill(made.grid).mean, 3, 3, 0.001, 30, 1);

    assertThat(made.error(three.fill(made.grid))).isLessThan(0.5 * made.error(one.fill(made.grid)));
  }
}
