package io.kelbo.broker;

import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * Three KRaft nodes in this process, each broker and controller, three replicas of everything of
 * which two must be in step. Each keeps its ports and its folder, and can be stopped and started.
 */
public final class ThreeBrokers implements AutoCloseable {
  private static final int NODES = 3;

  private final Path dir;
  private final String clusterId = Uuid.randomUuid().toString();
  private final int[] clients = ports();
  private final int[] controllers = ports();
  private final int[] behindLines = ports();
  private final List<Line> lines = new ArrayList<>();
  private final @Nullable KafkaRaftServer[] nodes = new KafkaRaftServer[NODES];

  private ThreeBrokers(Path dir) throws IOException {
    this.dir = dir;
    for (int port : behindLines) {
      lines.add(Line.to(port));
    }
  }

  /** Starts all three, and returns when they answer. */
  public static ThreeBrokers start(Path dir) throws Exception {
    ThreeBrokers brokers = new ThreeBrokers(dir);
    brokers.startAll();
    return brokers;
  }

  /** For clients that no cut concerns. */
  public String bootstrap() {
    return IntStream.of(clients).mapToObj(port -> "127.0.0.1:" + port).collect(joining(","));
  }

  /** For clients whose every connection goes through the {@link #lines}. */
  public String bootstrapByLine() {
    return lines.stream().map(line -> "127.0.0.1:" + line.port()).collect(joining(","));
  }

  /** One to each node. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** A node goes, without handing over what it leads. */
  public void stop(int node) {
    KafkaRaftServer server = nodes[node];
    if (server != null) {
      nodes[node] = null;
      server.shutdown();
      server.awaitShutdown();
    }
  }

  /** A node comes back with its ports and its data. */
  public void start(int node) throws Exception {
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties(node), false), Time.SYSTEM);
    server.startup();
    nodes[node] = server;
  }

  /** All at once: one alone waits for a quorum. */
  public void startAll() throws Exception {
    List<CompletableFuture<Void>> starting = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      format(node);
      int one = node;
      starting.add(
          CompletableFuture.runAsync(() -> startUnchecked(one), task -> new Thread(task).start()));
    }
    CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new)).get();
  }

  public void stopAll() throws Exception {
    List<CompletableFuture<Void>> stopping = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      int one = node;
      stopping.add(CompletableFuture.runAsync(() -> stop(one), task -> new Thread(task).start()));
    }
    CompletableFuture.allOf(stopping.toArray(CompletableFuture[]::new)).get();
  }

  private void startUnchecked(int node) {
    try {
      start(node);
    } catch (Exception failed) {
      throw new IllegalStateException("node %d did not start".formatted(node), failed);
    }
  }

  private Path folder(int node) {
    return dir.resolve("node-" + node);
  }

  private void format(int node) throws Exception {
    if (Files.exists(folder(node).resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(folder(node));
    new Formatter()
        .setPrintStream(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(clusterId)
        .setNodeId(node + 1)
        .addDirectory(folder(node).toString())
        .setMetadataLogDirectory(folder(node).toString())
        .setControllerListenerName("CONTROLLER")
        .run();
  }

  private Properties properties(int node) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", Integer.toString(node + 1));
    p.put("log.dirs", folder(node).toString());
    p.put(
        "controller.quorum.voters",
        IntStream.range(0, NODES)
            .mapToObj(i -> "%d@127.0.0.1:%d".formatted(i + 1, controllers[i]))
            .collect(joining(",")));
    p.put("controller.listener.names", "CONTROLLER");
    p.put("inter.broker.listener.name", "CLIENTS");
    p.put(
        "listeners",
        "CLIENTS://127.0.0.1:%d,LINE://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(clients[node], behindLines[node], controllers[node]));
    p.put(
        "advertised.listeners",
        "CLIENTS://127.0.0.1:%d,LINE://127.0.0.1:%d"
            .formatted(clients[node], lines.get(node).port()));
    p.put(
        "listener.security.protocol.map", "CLIENTS:PLAINTEXT,LINE:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("controlled.shutdown.enable", "false");
    p.put("default.replication.factor", "3");
    p.put("min.insync.replicas", "2");
    for (String internal : List.of("offsets.topic", "transaction.state.log")) {
      p.put(internal + ".replication.factor", "3");
      p.put(internal + ".num.partitions", "4");
    }
    p.put("transaction.state.log.min.isr", "2");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("group.initial.rebalance.delay.ms", "0");
    // A leader's loss is to be seen within a test's patience.
    p.put("replica.lag.time.max.ms", "6000");
    p.put("broker.session.timeout.ms", "6000");
    p.put("message.max.bytes", Integer.toString(8 << 20));
    // What a run wrote is audited to the end: nothing of it is deleted or compacted before.
    p.put("log.initial.task.delay.ms", Long.toString(Duration.ofDays(1).toMillis()));
    p.put("log.cleaner.enable", "false");
    p.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    return p;
  }

  private static int[] ports() {
    int[] ports = new int[NODES];
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int node = 0; node < NODES; node++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        ports[node] = held.get(node).getLocalPort();
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException none) {
      throw new IllegalStateException("no free port", none);
    }
  }

  @Override
  public void close() throws Exception {
    stopAll();
    for (Line line : lines) {
      line.close();
    }
  }
}
