package io.kelbo.broker;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What {@code kelbo broker} does: a broker for trying things, until Ctrl-C or SIGTERM. */
public final class BrokerRun {
  /** Where Kafka's clients look by habit. */
  public static final int DEFAULT_PORT = 9092;

  private BrokerRun() {}

  /**
   * Starts a broker, says how to use it, and waits until the process is told to end.
   *
   * @param port the port on loopback; 0 takes a free one
   * @param dir where the data stays; null for a temporary folder that is deleted at the end
   * @return the exit code: 0, it ended as asked
   * @throws BrokerUnavailable if it could not start
   */
  public static int run(int port, @Nullable Path dir, PrintWriter out) {
    Path folder = dir == null ? TemporaryFolder.create("kelbo-broker-") : dir;
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    // The JVM waits for its hooks only: this one holds it until the broker is closed.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  asked.countDown();
                  await(ended);
                },
                "kelbo-broker-end"));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
      describe(broker, folder, dir == null, out);
      await(asked);
    } finally {
      if (dir == null) {
        TemporaryFolder.delete(folder);
      }
      ended.countDown();
    }
    return 0;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static void describe(
      EmbeddedBroker broker, Path folder, boolean temporary, PrintWriter out) {
    out.printf("Kafka listens on %s (this machine only).%n", broker.bootstrap());
    out.printf("Its data is in %s%s.%n", folder, temporary ? ", and is deleted when it ends" : "");
    out.printf(
        "A topic is created when it is first written to, with %d partitions.%n",
        EmbeddedBroker.PARTITIONS);
    out.println();
    out.printf(
        "  kcat -b %s -t plant.telemetry -P -K '|'    write: one 'key|{\"json\": 1}' a line%n",
        broker.bootstrap());
    out.printf(
        "  kcat -b %s -t kelbo.anomalies -C           read what Kelbo found%n", broker.bootstrap());
    out.println();
    out.println("Ctrl-C ends it.");
    out.flush();
  }
}
