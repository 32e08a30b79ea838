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
   * @return the exit code: 0 ended as asked, 1 could not start
   */
  public static int run(int port, @Nullable Path dir, PrintWriter out) {
    Path folder = dir == null ? TemporaryFolder.create("kelbo-broker-") : dir;
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
      CountDownLatch asked = new CountDownLatch(1);
      // At SIGTERM only hooks still run to their end, so closing and deleting belong here.
      Thread hook =
          new Thread(
              () -> {
                broker.close();
                deleteIfTemporary(folder, dir);
                asked.countDown();
              },
              "kelbo-broker-close");
      Runtime.getRuntime().addShutdownHook(hook);
      describe(broker, folder, dir == null, out);
      asked.await();
      return 0;
    } catch (BrokerUnavailable refused) {
      out.println("kelbo broker: " + refused.getMessage());
      out.flush();
      deleteIfTemporary(folder, dir);
      return 1;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return 0;
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

  private static void deleteIfTemporary(Path folder, @Nullable Path given) {
    if (given == null) {
      TemporaryFolder.delete(folder);
    }
  }
}
