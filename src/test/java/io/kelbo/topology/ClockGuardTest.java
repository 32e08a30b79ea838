package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ClockGuardTest {
  private static final long NOW = Instant.parse("2026-11-22T08:00:00Z").toEpochMilli();
  private static final long FAR = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final ClockGuard guard = new ClockGuard(NOW, NOW);

  @Test
  void shouldFollowRecordsThatGoForward() {
    assertThat(guard.admit(NOW + MINUTE)).isEqualTo(NOW + MINUTE);
    assertThat(guard.clock()).isEqualTo(NOW + MINUTE);
  }

  @Test
  void shouldNotGoBackForALateRecord() {
    assertThat(guard.admit(NOW - MINUTE)).isEqualTo(NOW - MINUTE);
    assertThat(guard.clock()).isEqualTo(NOW);
  }

  @Test
  void shouldStandStillForARecordFromFarAhead() {
    assertThat(guard.admit(FAR)).isEqualTo(NOW);
    assertThat(guard.clock()).isEqualTo(NOW);
  }

  @Test
  void shouldMoveOnceAHundredRecordsInARowAgree() {
    for (int i = 1; i < ClockGuard.AGREEING; i++) {
      guard.admit(FAR + i);
    }
    assertThat(guard.clock()).isEqualTo(NOW);

    guard.admit(FAR + ClockGuard.AGREEING);

    assertThat(guard.clock()).isEqualTo(FAR + ClockGuard.AGREEING - 1);
  }

  @Test
  void shouldNotMoveForManyThatAreNotInARow() {
    for (int i = 0; i < 500; i++) {
      guard.admit(FAR);
      guard.admit(NOW + i);
    }

    assertThat(guard.clock()).isEqualTo(NOW + 499);
  }

  @Test
  void shouldNeverBeNegative() {
    assertThat(new ClockGuard(-1, NOW).admit(-5)).isZero();
    assertThat(new ClockGuard(-1, NOW).admit(Long.MIN_VALUE)).isZero();
  }

  @Test
  void shouldNotBelieveAFirstRecordFromFarAhead() {
    ClockGuard fresh = new ClockGuard(-1, NOW);

    assertThat(fresh.admit(FAR)).isZero();
    assertThat(fresh.admit(NOW - MINUTE)).isEqualTo(NOW - MINUTE);
    assertThat(fresh.clock()).isEqualTo(NOW - MINUTE);
  }

  @Test
  void shouldKeepARecordsOwnTimeInAHeaderWhereItIsNotBelieved() {
    GuardedTimestamps timestamps = new GuardedTimestamps(() -> Instant.ofEpochMilli(NOW));
    ConsumerRecord<Object, Object> negative = record(-5);
    ConsumerRecord<Object, Object> far = record(FAR);

    assertThat(timestamps.extract(negative, -1)).isZero();
    assertThat(timestamps.extract(far, -1)).isZero();

    assertThat(GuardedTimestamps.ownTime(negative.headers(), 0)).isEqualTo(-5);
    assertThat(GuardedTimestamps.ownTime(far.headers(), 0)).isEqualTo(FAR);
  }

  @Test
  void shouldGoOnFromWhereThePartitionStood() {
    GuardedTimestamps timestamps = new GuardedTimestamps(() -> Instant.ofEpochMilli(NOW));

    assertThat(timestamps.extract(record(FAR), FAR - MINUTE)).isEqualTo(FAR);
  }

  private static ConsumerRecord<Object, Object> record(long timestamp) {
    return new ConsumerRecord<>(
        "plant.telemetry",
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        "key",
        "value",
        new RecordHeaders(),
        Optional.empty());
  }
}
