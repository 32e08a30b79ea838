package io.kelbo.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a signal such as SIGTERM does to {@code run} and {@code simulate}: closes what was begun,
 * and ends the JVM with the exit code of a command that is done, where the JVM itself would say
 * 143. From its opening to its closing only, so that whatever fails outside of it ends as any
 * command does.
 */
final class Ending implements AutoCloseable {
  /** Left of the time that was given, for the JVM itself. */
  private static final Duration REST = Duration.ofMillis(200);

  private final Duration within;
  private final AtomicReference<@Nullable Runnable> begun = new AtomicReference<>();
  private final Thread hook = new Thread(this::end, "kelbo-end");
  private volatile int code = Failures.DONE;

  private Ending(Duration within) {
    this.within = within;
  }

  /** From now on a signal ends the JVM, within the given time. */
  static Ending atSignal(Duration within) {
    Ending ending = new Ending(within);
    Runtime.getRuntime().addShutdownHook(ending.hook);
    return ending;
  }

  /** What is to be closed, from now on. */
  void closing(Runnable close) {
    begun.set(close);
  }

  /** What is to be written out, true if all was: what was not by then is lost, and a failure. */
  void flushing(BooleanSupplier flush) {
    failed();
    closing(
        () -> {
          if (flush.getAsBoolean()) {
            code = Failures.DONE;
          }
        });
  }

  /** What ends by itself has failed, also if a signal comes while it is being closed. */
  void failed() {
    code = Failures.FAILED;
  }

  private void end() {
    Runnable close = begun.get();
    if (close != null) {
      Thread closing = new Thread(close, "kelbo-close");
      closing.setDaemon(true);
      closing.start();
      try {
        // What was begun is in Kafka and will be done again; longer waiting would gain nothing.
        closing.join(within.minus(REST).toMillis());
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }
    Runtime.getRuntime().halt(code);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It runs already, and ends the JVM: there is nothing left to take back.
      return;
    }
  }
}
