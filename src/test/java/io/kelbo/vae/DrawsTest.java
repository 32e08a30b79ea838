package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DrawsTest {
  private static final int ROWS = 20_000;

  @Test
  void shouldDrawTheSameForTheSameRowAndOthersForOthers() {
    Draws draws = new Draws();
    draws.begin(7, 2, 30);
    draws.normal(); // leaves a spare one that must not reach the next row
    draws.begin(7, 2, 31);
    double first = draws.normal();

    draws.begin(7, 2, 31);
    double again = draws.normal();
    draws.begin(7, 3, 31);
    double otherEpoch = draws.normal();
    draws.begin(8, 2, 31);
    double otherSeed = draws.normal();

    assertThat(again).isEqualTo(first);
    assertThat(otherEpoch).isNotEqualTo(first);
    assertThat(otherSeed).isNotEqualTo(first);
  }

  @Test
  void shouldDrawUniformAndNormalNumbersAcrossRows() {
    Draws draws = new Draws();
    double uniform = 0;
    double mean = 0;
    double square = 0;
    int outside = 0;
    for (int row = 0; row < ROWS; row++) {
      draws.begin(1, 0, row);
      uniform += draws.uniform();
      double normal = draws.normal();
      mean += normal;
      square += normal * normal;
      outside += Math.abs(normal) > 1.96 ? 1 : 0;
    }

    // Four standard errors: sd / √20,000 with sd 0.29, 1, √2 and √(0.05 · 0.95).
    assertThat(uniform / ROWS).isCloseTo(0.5, within(0.0082));
    assertThat(mean / ROWS).isCloseTo(0, within(0.0283));
    assertThat(square / ROWS).isCloseTo(1, within(0.04));
    assertThat((double) outside / ROWS).isCloseTo(0.05, within(0.0062));
  }
}
