package io.kelbo.service;

import io.kelbo.topology.PlantRows;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Rows of the plant at a steady rate, a second of stream time apart: some strange, so that episodes
 * open and close, and some that cannot be read.
 */
final class Load implements AutoCloseable {
  private static final int EACH = 15;
  private static final int EVERY_MILLIS = 50;
  private static final int UNREADABLE = 997;

  private final Cluster cluster;
  private final long start = Instant.now().minus(Duration.ofDays(20)).toEpochMilli();
  private final AtomicInteger row = new AtomicInteger();
  private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

  /** Begins at 300 rows a second. */
  Load(Cluster cluster) {
    this.cluster = cluster;
    sender.scheduleAtFixedRate(this::send, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void send() {
    for (int i = 0; i < EACH; i++) {
      int n = row.getAndIncrement();
      long time = start + 1000L * n;
      if (n > 1000 && n % UNREADABLE == 0) {
        cluster.send(PlantRows.key(n), "{\"pressure\": ", time);
      } else {
        boolean strange = n > 1000 && n % 400 < 12;
        cluster.send(PlantRows.key(n), strange ? PlantRows.strange(n) : PlantRows.row(n), time);
      }
    }
  }

  /** Ends, once all that was sent has been taken by the brokers. */
  int end() throws InterruptedException {
    sender.shutdown();
    if (!sender.awaitTermination(180, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the load did not end: the brokers take nothing");
    }
    cluster.flush();
    return row.get();
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
