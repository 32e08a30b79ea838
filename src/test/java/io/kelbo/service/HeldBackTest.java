package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.service.HeldBack.Place;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What counts as held back; {@code WhyNothingTest} asks a broker. */
class HeldBackTest {
  private static final TopicPartition ONE = new TopicPartition("plant", 0);
  private static final TopicPartition TWO = new TopicPartition("plant", 1);

  @Test
  void shouldCountWhatStandsBehindAPlaceWhereReadersHaveStoodSinceTheLookBefore() {
    Map<TopicPartition, Place> before = Map.of(ONE, new Place(7, 9), TWO, new Place(5, 5));
    Map<TopicPartition, Place> now = Map.of(ONE, new Place(7, 12), TWO, new Place(5, 5));

    assertThat(HeldBack.held(before, now)).isEqualTo(5);
  }

  @Test
  void shouldCountNothingWhereTransactionsBeginAndEnd() {
    Map<TopicPartition, Place> before = Map.of(ONE, new Place(7, 9), TWO, new Place(5, 5));
    Map<TopicPartition, Place> now = Map.of(ONE, new Place(9, 12), TWO, new Place(5, 8));

    assertThat(HeldBack.held(before, now)).isZero();
    assertThat(HeldBack.held(Map.of(), now)).isZero();
  }
}
