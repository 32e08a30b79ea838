package io.kelbo.service;

import io.kelbo.format.SchemaUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when a stream thread dies: it is replaced, but not for ever. */
final class Threads implements StreamsUncaughtExceptionHandler {
  static final int MOST = 5;
  static final Duration WITHIN = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

  private final String application;
  private final LongSupplier nanos;
  private final Runnable replaced;
  private final Consumer<Throwable> gaveUp;
  private final ArrayDeque<Long> deaths = new ArrayDeque<>();

  /**
   * @param nanos a clock such as {@code System::nanoTime}
   * @param gaveUp told once too many threads have died
   */
  Threads(String application, LongSupplier nanos, Runnable replaced, Consumer<Throwable> gaveUp) {
    this.application = application;
    this.nanos = nanos;
    this.replaced = replaced;
    this.gaveUp = gaveUp;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable death) {
    if (waiting(death)) {
      LOG.atWarn().addKeyValue("application", application).setCause(death).log("still waiting");
      replaced.run();
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    long now = nanos.getAsLong();
    deaths.addLast(now);
    while (now - deaths.getFirst() > WITHIN.toNanos()) {
      deaths.removeFirst();
    }
    LOG.atError()
        .addKeyValue("application", application)
        .addKeyValue("deaths", deaths.size())
        .setCause(death)
        .log("a stream thread died");
    if (deaths.size() >= MOST) {
      gaveUp.accept(death);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    replaced.run();
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** A registry may be away for hours: that is no reason to end. */
  private static boolean waiting(@Nullable Throwable death) {
    return death instanceof SchemaUnavailable || (death != null && waiting(death.getCause()));
  }
}
