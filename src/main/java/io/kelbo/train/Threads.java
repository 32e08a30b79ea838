package io.kelbo.train;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A pool of exactly as many threads as were asked for, for one training: parallel streams inside it
 * take these and no others. Interrupting the caller interrupts them.
 */
final class Threads {
  private Threads() {}

  /**
   * What the task returns, or throws.
   *
   * @throws CancellationException if the calling thread is interrupted; the pool is told to stop
   */
  static <T> T on(int threads, Supplier<T> task) {
    ForkJoinPool pool =
        new ForkJoinPool(
            threads,
            ForkJoinPool.defaultForkJoinWorkerThreadFactory,
            null,
            false,
            threads,
            threads, // at most: none is added where one waits for another
            0,
            waiting -> true,
            60,
            TimeUnit.SECONDS);
    try {
      return pool.submit(task::get).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException) new CancellationException("training was given up").initCause(e);
    } catch (ExecutionException e) {
      Throwable cause = thrown(e);
      if (cause instanceof RuntimeException known) {
        throw known;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(cause);
    } finally {
      pool.shutdownNow();
    }
  }

  /** What was thrown first: the pool hands on copies of it, without its message. */
  private static Throwable thrown(ExecutionException e) {
    Throwable first = e;
    Throwable cause = e.getCause();
    while (cause != null && (first == e || cause.getClass() == first.getClass())) {
      first = cause;
      cause = first.getCause();
    }
    return first;
  }
}
