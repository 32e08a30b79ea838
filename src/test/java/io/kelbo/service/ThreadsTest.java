package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final RuntimeException DEATH = new IllegalStateException("broken");

  private final AtomicLong clock = new AtomicLong();
  private final List<Throwable> gaveUp = new ArrayList<>();
  private final Threads threads = new Threads("kelbo-score", clock::get, () -> {}, gaveUp::add);

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
}
