package io.kelbo.train;

import java.util.concurrent.CancellationException;

/** Where training looks whether anybody still wants it: between its steps. */
final class Interrupted {
  private Interrupted() {}

  /**
   * @throws CancellationException if the thread was interrupted
   */
  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("training was given up");
    }
  }
}
