package io.kelbo.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Golden numbers made once with the project's evaluation script (numpy), 2026-11-24. */
class RankQualityTest {
  private static final double EXACT = 1e-12;

  private static RankQuality of(double[] scores, int... labels) {
    boolean[] strange = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      strange[i] = labels[i] == 1;
    }
    return RankQuality.of(scores, strange);
  }

  @Test
  void shouldRankRowsWithoutTies() {
    RankQuality quality =
        of(new double[] {0.1, 0.9, 0.4, 0.8, 0.3, 0.7, 0.2, 0.6}, 0, 1, 0, 0, 1, 1, 0, 0);

    assertThat(quality.prAuc()).isCloseTo(0.7222222222222222, within(EXACT));
    assertThat(quality.rocAuc()).isCloseTo(0.7333333333333334, within(EXACT));
  }

  @Test
  void shouldTakeEqualScoresAsOneStep() {
    RankQuality quality =
        of(
            new double[] {3.0, 1.0, 3.0, 2.0, 2.0, 2.0, 1.0, 3.0, 0.0, 0.0},
            1,
            0,
            0,
            1,
            0,
            1,
            0,
            0,
            1,
            0);

    assertThat(quality.prAuc()).isCloseTo(0.43333333333333335, within(EXACT));
    assertThat(quality.rocAuc()).isCloseTo(0.5208333333333333, within(EXACT));
  }

  @Test
  void shouldSayThatAConstantScoreGuesses() {
    RankQuality quality = of(new double[] {5.0, 5.0, 5.0, 5.0, 5.0}, 0, 1, 0, 0, 1);

    assertThat(quality.prAuc()).isCloseTo(0.4, within(EXACT));
    assertThat(quality.rocAuc()).isCloseTo(0.5, within(EXACT));
  }

  @Test
  void shouldHaveNoFiguresWhenAllLabelsAreTheSame() {
    RankQuality quality = of(new double[] {1, 2, 3}, 0, 0, 0);

    assertThat(quality.prAuc()).isNaN();
    assertThat(quality.rocAuc()).isNaN();
    assertThat(of(new double[] {1, 2}, 1, 1).rocAuc()).isNaN();
  }
}
