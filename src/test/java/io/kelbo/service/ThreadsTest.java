package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.format.SchemaUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final RuntimeException DEATH = new IllegalStateException("broken");

  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger replaced = new AtomicInteger();
  private final List<Throwable> gaveUp = new ArrayList<>();
  private final Threads threads =
      new Threads(
          "kelbo-score",
          clock::get,
          replaced::incrementAndGet,
          Throwable::toString,
          (death, words) -> gaveUp.add(death));

  @Test
  void shouldReplaceAThreadThatDies() {
    assertThat(threads.handle(DEATH)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(gaveUp).isEmpty();
  }

  @Test
  void shouldStopAfterFiveDeathsInTenMinutes() {
    for (int death = 1; death < Threads.MOST; death++) {
      threads.handle(DEATH);
    }

    assertThat(threads.handle(DEATH)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(gaveUp).containsExactly(DEATH);
  }

  @Test
  void shouldForgetDeathsOfLongAgo() {
    for (int death = 0; death < 20; death++) {
      clock.addAndGet(Duration.ofMinutes(3).toNanos());

      assertThat(threads.handle(DEATH)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }
  }

  @Test
  void shouldWaitForASchemaHoweverOftenAThreadDies() {
    Throwable away = new KafkaException("a record waits", new SchemaUnavailable("away"));
    for (int death = 1; death <= 2 * Threads.MOST; death++) {
      assertThat(threads.handle(new StreamsException("node", away)))
          .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    assertThat(replaced).hasValue(2 * Threads.MOST);
    assertThat(gaveUp).isEmpty();
    assertThat(threads.handle(DEATH)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
  }
}
