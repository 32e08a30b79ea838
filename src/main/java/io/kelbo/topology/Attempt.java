package io.kelbo.topology;

import io.kelbo.model.ModelId;
import io.kelbo.train.Outcome;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A training under way on another thread. It can be given up: the thread is interrupted, and
 * training looks for that between its steps.
 */
final class Attempt {
  private final ModelId id;
  private final @Nullable ModelId parent;
  private final Marker due;
  private final long records;
  private final long begun = System.nanoTime();
  private final FutureTask<Outcome> task;

  /**
   * @param parent the champion at its beginning
   * @param due the marker that it was due by
   * @param records how many it learns from
   */
  Attempt(
      ModelId id, @Nullable ModelId parent, Marker due, long records, Supplier<Outcome> training) {
    this.id = id;
    this.parent = parent;
    this.due = due;
    this.records = records;
    this.task = new FutureTask<>(training::get);
  }

  /**
   * @throws java.util.concurrent.RejectedExecutionException if the executor is closing
   */
  void begin(Executor executor) {
    executor.execute(task);
  }

  ModelId id() {
    return id;
  }

  @Nullable ModelId parent() {
    return parent;
  }

  Marker due() {
    return due;
  }

  long records() {
    return records;
  }

  Duration lasted() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  boolean ended() {
    return task.isDone();
  }

  /** Has it stop; nothing comes of it. */
  void abandon() {
    task.cancel(true);
  }

  /**
   * What came of it, once it has ended.
   *
   * @throws ExecutionException with the cause if it threw
   * @throws CancellationException if it was given up
   */
  Outcome outcome() throws ExecutionException {
    try {
      return task.get();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while closing");
    }
  }
}
