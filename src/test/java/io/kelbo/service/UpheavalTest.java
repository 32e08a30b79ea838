package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.Line;
import io.kelbo.broker.TemporaryFolder;
import io.kelbo.broker.ThreeBrokers;
import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to clusters, on three brokers and services in processes of their own: brokers go and
 * come back, leaders move, lines are cut, instances join and leave, state is lost. Each time all
 * records are answered once, and every verdict is what its model says.
 */
@Tag("faults")
class UpheavalTest {
  private static final Logger LOG = LoggerFactory.getLogger(UpheavalTest.class);
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path dir;
  private final List<Process> services = new ArrayList<>();
  private ThreeBrokers brokers;
  private Cluster cluster;
  private Load load;

  UpheavalTest(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path dir) {
    this.dir = dir;
  }

  @BeforeEach
  void begin() throws Exception {
    brokers = ThreeBrokers.start(dir.resolve("brokers"));
    cluster = new Cluster(brokers.bootstrap(), () -> {});
    cluster.createInput();
    load = new Load(cluster);
    start("kelbo-0");
    awaitMore(1_500);
  }

  @AfterEach
  void end() throws Exception {
    for (Process service : services) {
      ServiceInAnotherJvm.kill(service);
    }
    load.close();
    cluster.close();
    brokers.close();
  }

  @Test
  void shouldAnswerOnceThoughEachBrokerIsLostInTurn() throws Exception {
    for (int node = 0; node < 3; node++) {
      brokers.stop(node);
      awaitMore(1_000);
      brokers.start(node);
      await().atMost(PATIENCE).until(cluster::inStep);
    }

    assertEachAnsweredOnce("each broker lost in turn");
  }

  @Test
  void shouldAnswerOnceThoughAllBrokersAreRestartedAtOnce() throws Exception {
    brokers.stopAll();
    brokers.startAll();
    awaitMore(1_500);

    assertEachAnsweredOnce("all brokers restarted at once");
  }

  @Test
  void shouldAnswerOnceThoughLeadersMove() throws Exception {
    for (int round = 1; round <= 3; round++) {
      LeaderMoves.byOne(brokers.bootstrap());
      awaitMore(1_000);
    }

    assertEachAnsweredOnce("all leaders moved three times");
  }

  @Test
  void shouldAnswerOnceThoughTheNetworkIsCutAndHeals() throws Exception {
    for (int round = 1; round <= 3; round++) {
      brokers.lines().forEach(Line::cut);
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ofSeconds(5L * round)) // shorter and longer than the session
          .until(() -> brokers.lines().stream().allMatch(line -> line.ends() == 0));
      brokers.lines().forEach(Line::heal);
      awaitMore(1_000);
    }

    assertEachAnsweredOnce("network cut three times");
  }

  @Test
  void shouldAnswerOnceThoughInstancesJoinAndLeaveAndStateIsLost() throws Exception {
    start("kelbo-1");
    start("kelbo-2");
    await().atMost(PATIENCE).until(() -> cluster.workers(TOPICS.scoring()).size() == 3);
    awaitMore(1_000);
    ServiceInAnotherJvm.stop(services.get(0));
    ServiceInAnotherJvm.kill(services.get(1));
    awaitMore(1_000);
    TemporaryFolder.delete(state("kelbo-0"));
    start("kelbo-0");
    awaitMore(1_000);

    assertEachAnsweredOnce("instances joined, left and lost their state");
  }

  @Test
  void shouldAnswerOnceThoughThreeInstancesAreReplacedOneAfterTheOther() throws Exception {
    start("kelbo-1");
    start("kelbo-2");
    await().atMost(PATIENCE).until(() -> cluster.workers(TOPICS.scoring()).size() == 3);
    for (int instance = 0; instance < 3; instance++) {
      awaitMore(1_000);
      ServiceInAnotherJvm.stop(services.get(instance));
      start("kelbo-" + instance);
      await().atMost(PATIENCE).until(() -> cluster.workers(TOPICS.scoring()).size() == 3);
    }
    awaitMore(1_000);

    assertEachAnsweredOnce("three instances stopped and started again in turn");
  }

  private void assertEachAnsweredOnce(String what) throws Exception {
    int rows = load.end();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> cluster.allAnswered(TOPICS));
    FaultAudit audit = FaultAudit.of(cluster, TOPICS);
    SecondOpinion again =
        SecondOpinion.of(
            cluster, TOPICS, TestSettings.ofMember(cluster.bootstrap(), state("again"), "again"));
    LOG.info("{}: {} sent, {}; judged again: {}", what, rows, audit.figures(), again);
    // A producer that lost its broker in between may have written a batch twice: each is a record.
    assertThat(cluster.sent()).isGreaterThanOrEqualTo(rows);
    assertThat(audit.faults()).isEmpty();
    assertThat(audit.byproducts().told()).isPositive();
    assertThat(audit.byproducts().completed()).isPositive();
    assertThat(again.compared()).isPositive();
    assertThat(again.first()).isEmpty();
  }

  private void start(String instance) throws Exception {
    services.add(
        ServiceInAnotherJvm.startMember(
            brokers.bootstrapByLine(), state(instance), dir.resolve(instance + ".log"), instance));
  }

  private Path state(String instance) {
    return dir.resolve("state-" + instance);
  }

  private void awaitMore(long answers) {
    long before = cluster.answered(TOPICS);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> cluster.answered(TOPICS) >= before + answers);
  }
}
