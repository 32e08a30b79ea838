package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputLagTest {
  private final Map<String, Long> waiting = new HashMap<>();
  private final Map<String, Long> judged = new HashMap<>();
  private long seconds;
  private final InputLag lag =
      new InputLag(() -> waiting, () -> judged, () -> seconds * 1_000_000_000L);

  @Test
  void shouldBeNoneWhereNothingWaits() {
    judged.put("plant/0", 99L);

    seconds = 500;

    assertThat(lag.age()).isZero();
    assertThat(lag.records()).isZero();
  }

  @Test
  void shouldGrowWithTimeWhereNothingIsAnswered() {
    judged.put("plant/0", 99L);
    lag.age();

    seconds = 10;
    waiting.put("plant/0", 50L);
    lag.age();
    seconds = 70;
    waiting.put("plant/0", 400L);

    assertThat(lag.age()).isEqualTo(60);
    assertThat(lag.records()).isEqualTo(400);
  }

  @Test
  void shouldStayWhereAnswersKeepTheirDistance() {
    for (int t = 0; t <= 100; t++) { // ten records a second, each answered 20 s after it came
      seconds = t;
      judged.put("plant/0", 10L * t - 1);
      waiting.put("plant/0", 200L);
      lag.age();
    }

    assertThat(lag.age()).isBetween(18.0, 21.0);
  }

  @Test
  void shouldFallToNoneOnceAllIsAnswered() {
    judged.put("plant/0", 99L);
    waiting.put("plant/0", 50L);
    lag.age();
    seconds = 30;

    judged.put("plant/0", 149L);
    waiting.clear();

    assertThat(lag.age()).isZero();
  }
}
