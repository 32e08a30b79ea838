package io.kelbo.topology;

import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * What this process does not use, until a task tells it on {@code lifecycle}: the threads that find
 * it cannot write there. What is still there at a restart is found and told again.
 */
final class Refusals {
  /** More at once are counted and logged only. */
  static final int MOST = 100;

  private final ArrayBlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST);

  void add(String reason) {
    waiting.offer(reason);
  }

  /** The next one to tell; null where there is none. */
  @Nullable String next() {
    return waiting.poll();
  }
}
