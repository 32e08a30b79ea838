package io.kelbo.vae;

import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Batches of rows in a new order each epoch, a step of Adam after each, at a rate that falls to a
 * twentieth along a half cosine (Loshchilov and Hutter 2017, without restarts).
 */
final class Descent {
  private static final double RATE = 1e-3;

  private Descent() {}

  /** The loss of rows {@code order[from..to)}, in nats; their gradient is written beside it. */
  interface Loss {
    double of(int[] order, int from, int to, int epoch);
  }

  /** Told after each epoch. */
  interface Stop {
    /** Whether another epoch is worth it. */
    boolean goOn(int epoch);
  }

  /**
   * @param p parameters, moved
   * @param gradient (parameters) which {@code loss} writes
   * @param afterwards puts the parameters where they must be, after each step
   * @param stop says whether to end before all epochs are done
   * @throws ArithmeticException if the loss stops being finite
   * @throws CancellationException if the thread is interrupted
   */
  static void run(
      double[] p,
      double[] gradient,
      int rows,
      int epochs,
      Random random,
      Loss loss,
      Runnable afterwards,
      Stop stop) {
    Adam adam = new Adam(p.length);
    int[] order = IntStream.range(0, rows).toArray();
    int batches = epochs * ((rows + Batch.SIZE - 1) / Batch.SIZE);
    int done = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("training was given up");
      }
      shuffle(order, random);
      for (int from = 0; from < rows; from += Batch.SIZE) {
        double nats = loss.of(order, from, Math.min(rows, from + Batch.SIZE), epoch);
        if (!Double.isFinite(nats)) {
          throw new ArithmeticException(
              "training diverged in epoch %d: the loss is %s".formatted(epoch + 1, nats));
        }
        double cosine = 0.5 * (1 + StrictMath.cos(Math.PI * done++ / batches));
        adam.step(p, gradient, RATE * (0.95 * cosine + 0.05));
        afterwards.run();
      }
      if (!stop.goOn(epoch)) {
        return;
      }
    }
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
  }
}
