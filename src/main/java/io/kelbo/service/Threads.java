package io.kelbo.service;

import io.kelbo.format.SchemaUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import java.util.function.Function;
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
  private final Function<Throwable, String> words;
  private final BiConsumer<Throwable, String> gaveUp;
  private final ArrayDeque<Long> deaths = new ArrayDeque<>();

  /**
   * @param nanos a clock such as {@code System::nanoTime}
   * @param words what a death means, for people
   * @param gaveUp told once too many threads have died: the last death, and its words
   */
  Threads(
      String application,
      LongSupplier nanos,
      Runnable replaced,
      Function<Throwable, String> words,
      BiConsumer<Throwable, String> gaveUp) {
    this.application = application;
    this.nanos = nanos;
    this.replaced = replaced;
    this.words = words;
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
    String why = words.apply(death);
    LOG.atError()
        .addKeyValue("application", application)
        .addKeyValue("deaths", deaths.size())
        .addKeyValue("why", why)
        .setCause(death)
        .log("a stream thread died");
    if (deaths.size() >= MOST) {
      gaveUp.accept(death, why);
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
