package io.kelbo.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A whole Kafka (one KRaft node, broker and controller) in this process, on loopback only. What is
 * in its folder survives a restart. Not for production: one replica of everything.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** How many partitions a topic gets that is created without saying so. */
  public static final int PARTITIONS = 4;

  private static final String HOST = "127.0.0.1";

  private final KafkaRaftServer server;
  private final String bootstrap;
  private boolean closed;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrap) {
    this.server = server;
    this.bootstrap = bootstrap;
  }

  /**
   * Starts a broker and returns when it answers.
   *
   * @param dir where its data lives: an empty or missing folder, or one that it used before
   * @param port the port on 127.0.0.1; 0 takes a free one
   * @throws BrokerUnavailable if the port is taken or the folder cannot be used
   */
  public static EmbeddedBroker start(Path dir, int port) {
    return start(dir, port, Map.of());
  }

  /**
   * The same, with properties of the broker's that come last, such as who may do what; listeners
   * are beside the plain one.
   */
  public static EmbeddedBroker start(Path dir, int port, Map<String, String> more) {
    int clients = port == 0 ? freePort() : requireFree(port);
    int controller = freePort();
    format(dir);
    Properties properties = properties(dir, clients, controller);
    more.forEach(
        (key, value) ->
            // Listeners are beside those of every broker here.
            properties.merge(
                key,
                value,
                (ours, theirs) ->
                    key.equals("listeners")
                            || key.equals("advertised.listeners")
                            || key.equals("listener.security.protocol.map")
                        ? ours + "," + theirs
                        : theirs));
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException failed) {
      server.shutdown();
      throw new BrokerUnavailable(
          "the broker did not start on %s:%d with folder '%s': %s"
              .formatted(HOST, clients, dir, failed.getMessage()),
          failed);
    }
    return new EmbeddedBroker(server, HOST + ":" + clients);
  }

  /** What clients put into {@code bootstrap.servers}. */
  public String bootstrap() {
    return bootstrap;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path dir) {
    if (Files.exists(dir.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(dir);
      new Formatter()
          .setPrintStream(
              new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .addDirectory(dir.toString())
          .setMetadataLogDirectory(dir.toString())
          .setControllerListenerName("CONTROLLER")
          .run();
    } catch (Exception refused) { // Formatter.run() declares no narrower type
      throw new BrokerUnavailable(
          "folder '%s' cannot hold the broker's data (%s): name a folder that can be written"
              .formatted(dir, refused.getMessage()),
          refused);
    }
  }

  private static Properties properties(Path dir, int clients, int controller) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("log.dirs", dir.toString());
    p.put("controller.quorum.voters", "1@" + HOST + ":" + controller);
    p.put("controller.listener.names", "CONTROLLER");
    p.put("inter.broker.listener.name", "CLIENTS");
    p.put(
        "listeners",
        "CLIENTS://%s:%d,CONTROLLER://%s:%d".formatted(HOST, clients, HOST, controller));
    p.put("advertised.listeners", "CLIENTS://%s:%d".formatted(HOST, clients));
    p.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("num.partitions", Integer.toString(PARTITIONS));
    p.put("default.replication.factor", "1");
    for (String internal : new String[] {"offsets.topic", "transaction.state.log"}) {
      p.put(internal + ".replication.factor", "1");
      p.put(internal + ".num.partitions", Integer.toString(PARTITIONS));
    }
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("group.streams.initial.rebalance.delay.ms", "0");
    // A topic here may hold what a production broker would refuse: it is the consumer's test.
    p.put("message.max.bytes", Integer.toString(8 << 20));
    // The demo's clock runs years behind ours: retention would delete what was just written, and
    // producers would be forgotten. Neither task runs before a day has passed.
    p.put("log.retention.ms", "-1");
    p.put("log.initial.task.delay.ms", Long.toString(Duration.ofDays(1).toMillis()));
    p.put("producer.id.expiration.check.interval.ms", Long.toString(Duration.ofDays(1).toMillis()));
    // The defaults reserve 128 MiB of heap and 10 MiB of index for each segment.
    p.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
    p.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    return p;
  }

  private static int requireFree(int port) {
    try {
      return bind(port);
    } catch (IOException | IllegalArgumentException taken) {
      throw new BrokerUnavailable(
          "port %d on %s cannot be used (%s): stop what listens there, name another port, or 0 for a free one"
              .formatted(port, HOST, taken.getMessage()),
          taken);
    }
  }

  private static int freePort() {
    try {
      return bind(0);
    } catch (IOException none) {
      throw new BrokerUnavailable(
          "no free port on %s: %s".formatted(HOST, none.getMessage()), none);
    }
  }

  private static int bind(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    }
  }
}
