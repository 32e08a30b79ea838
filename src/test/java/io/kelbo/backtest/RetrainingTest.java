package io.kelbo.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RetrainingTest {
  @Test
  void shouldRefuseMarksOfRetrainingThatMeanNothing() {
    for (String bad : List.of("", "0", "-5", "1.5", "PT0S", "-PT1H", "daily", "99999999999")) {
      assertThatThrownBy(() -> Retraining.of(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + bad + "'");
    }
    assertThat(Retraining.of("never")).isEqualTo(new Retraining.Never());
    assertThat(Retraining.of("500")).isEqualTo(new Retraining.Rows(500));
  }
}
