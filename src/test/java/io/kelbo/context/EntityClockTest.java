package io.kelbo.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntityClockTest {
  private static final long NOW = Instant.parse("2026-11-22T08:00:00Z").toEpochMilli();
  private static final long IN_2099 = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private final EntityState state = EntityState.fresh("pump-1", Stream.FIELDS);

  private boolean late(long time) {
    return state.clock(time, 10 * MINUTE);
  }

  @Test
  void shouldFollowTheNewestRecord() {
    assertThat(late(NOW)).isFalse();
    assertThat(late(NOW + MINUTE)).isFalse();
    assertThat(late(NOW - 5 * MINUTE)).isFalse();
    assertThat(state.newest()).isEqualTo(NOW + MINUTE);
    assertThat(late(NOW - 20 * MINUTE)).isTrue();
    assertThat(state.newest()).isEqualTo(NOW + MINUTE);
  }

  @Test
  void shouldNotBeMovedByOneRecordFrom2099() {
    late(NOW);

    assertThat(late(IN_2099)).isFalse();

    assertThat(state.newest()).isEqualTo(NOW);
    assertThat(late(NOW + MINUTE)).isFalse();
    assertThat(state.newest()).isEqualTo(NOW + MINUTE);
  }

  @Test
  void shouldFollowAJumpThatAHundredRecordsAgreeOn() {
    late(NOW);
    for (int i = 1; i < 100; i++) {
      late(IN_2099 + i);
      assertThat(state.newest()).isEqualTo(NOW);
    }

    late(IN_2099 + 100);

    assertThat(state.newest()).isEqualTo(IN_2099 + 100);
  }

  @Test
  void shouldBeginToCountAnewWhenARecordIsOnTime() {
    late(NOW);
    for (int i = 1; i < 100; i++) {
      late(IN_2099);
    }
    late(NOW);

    late(IN_2099);

    assertThat(state.newest()).isEqualTo(NOW);
  }

  @Test
  void shouldComeBackWhereTheFirstRecordWasFrom2099() {
    late(IN_2099);
    int lost = 0;
    for (int i = 0; i < 200; i++) {
      lost += late(NOW + i) ? 1 : 0;
    }

    assertThat(lost).isEqualTo(99);
    assertThat(state.newest()).isEqualTo(NOW + 199);
  }

  @Test
  void shouldStandTimesAtTheEndsOfTheirRange() {
    for (long first : new long[] {Long.MAX_VALUE, Long.MIN_VALUE + 1}) {
      EntityState odd = EntityState.fresh("pump-1", Stream.FIELDS);
      odd.clock(first, 10 * MINUTE);
      for (int i = 0; i < 100; i++) {
        odd.clock(NOW + i, 10 * MINUTE);
      }
      assertThat(odd.newest()).as("after %d", first).isEqualTo(NOW + 99);
      assertThat(odd.clock(NOW + 100, 10 * MINUTE)).isFalse();
    }
  }
}
