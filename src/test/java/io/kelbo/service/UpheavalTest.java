package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.Line;
import io.kelbo.broker.ThreeBrokers;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What befalls a cluster under load: brokers and lines fail, instances come and go. */
@Tag("faults")
class UpheavalTest {
  private static final Logger LOG = LoggerFactory.getLogger(UpheavalTest.class);
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path dir;
  private final Map<String, Process> instances = new LinkedHashMap<>();
  private ThreeBrokers brokers;
  private Cluster cluster;
  private Load load;

  UpheavalTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @BeforeEach
  void begin() throws Exception {
    brokers = ThreeBrokers.start(dir.resolve("brokers"));
    cluster = new Cluster(brokers.bootstrap(), () -> {});
    cluster.createInput();
    load = new Load(cluster);
  }

  @AfterEach
  void end() throws Exception {
    load.close();
    for (Process instance : instances.values()) {
      ServiceInAnotherJvm.kill(instance);
    }
    cluster.close();
    brokers.close();
  }

  @Test
  void shouldAnswerOnceThoughEachBrokerIsLostAndReturns(TestInfo test) throws Exception {
    start("a");
    awaitMore(3_000);

    for (int node = 0; node < 3; node++) {
      brokers.stop(node);
      awaitMore(1_500);
      brokers.start(node);
      await().atMost(PATIENCE).until(() -> cluster.inStep());
      awaitMore(1_500);
    }

    assertThat(audited(test)).isEmpty();
  }

  @Test
  void shouldAnswerOnceThoughAllBrokersRestart(TestInfo test) throws Exception {
    start("a");
    awaitMore(3_000);

    brokers.stopAll();
    brokers.startAll();
    awaitMore(3_000);

    assertThat(audited(test)).isEmpty();
  }

  @Test
  void shouldAnswerOnceThoughTheNetworkIsCutForLongerThanASession(TestInfo test) throws Exception {
    startByLine("a");
    awaitMore(3_000);
    assertThat(cluster.workers(TOPICS.scoring())).containsExactly("a");

    brokers.lines().forEach(Line::cut);
    await().atMost(PATIENCE).until(() -> cluster.workers(TOPICS.scoring()).isEmpty());
    brokers.lines().forEach(Line::heal);
    awaitMore(3_000);

    assertThat(audited(test)).isEmpty();
  }

  @Test
  void shouldAnswerOnceThoughInstancesJoinAndLeave(TestInfo test) throws Exception {
    start("a");
    awaitMore(3_000);

    start("b");
    awaitWorkers("a", "b");
    start("c");
    awaitWorkers("a", "b", "c");
    awaitMore(1_500);
    ServiceInAnotherJvm.kill(instances.get("a"));
    awaitWorkers("b", "c");
    awaitMore(1_500);
    ServiceInAnotherJvm.stop(instances.get("b"));
    awaitWorkers("c");
    awaitMore(1_500);

    assertThat(audited(test)).isEmpty();
  }

  @Test
  void shouldAnswerOnceThoughTheStateFolderIsLost(TestInfo test) throws Exception {
    start("a");
    awaitMore(3_000);

    ServiceInAnotherJvm.kill(instances.get("a"));
    remove(dir.resolve("state-a"));
    start("a");
    awaitMore(3_000);

    assertThat(audited(test)).isEmpty();
  }

  @Test
  void shouldAnswerOnceThoughThreeInstancesRestartInTurn(TestInfo test) throws Exception {
    for (String instance : List.of("a", "b", "c")) {
      start(instance);
    }
    awaitWorkers("a", "b", "c");
    awaitMore(3_000);

    for (String instance : List.of("a", "b", "c")) {
      ServiceInAnotherJvm.stop(instances.get(instance));
      start(instance);
      awaitMore(1_500);
      awaitWorkers("a", "b", "c");
    }

    assertThat(audited(test)).isEmpty();
  }

  private void start(String instance) throws IOException {
    startAt(cluster.bootstrap(), instance);
  }

  private void startByLine(String instance) throws IOException {
    startAt(brokers.bootstrapByLine(), instance);
  }

  private void startAt(String bootstrap, String instance) throws IOException {
    instances.put(
        instance,
        ServiceInAnotherJvm.startMember(
            bootstrap,
            dir.resolve("state-" + instance),
            dir.resolve("service-" + instance + ".log"),
            instance));
  }

  private void awaitWorkers(String... names) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> assertThat(cluster.workers(TOPICS.scoring())).containsExactlyInAnyOrder(names));
  }

  /** By where the topic ends: with the marks of transactions, a few more than answers. */
  private void awaitMore(long answers) {
    long before = answered();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> answered() >= before + answers);
  }

  private long answered() {
    return cluster.has(TOPICS.verdicts())
        ? cluster.ends(TOPICS.verdicts()).values().stream().mapToLong(Long::longValue).sum()
        : 0;
  }

  private List<String> audited(TestInfo test) throws InterruptedException {
    int rows = load.end();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> Audit.of(cluster, TOPICS).answers().size() >= cluster.sent());
    FaultAudit audit = FaultAudit.of(cluster, TOPICS);
    LOG.info("{}: {} sent, {}", test.getDisplayName(), rows, audit.figures());
    assertThat(cluster.sent()).isEqualTo(rows);
    return audit.faults();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
