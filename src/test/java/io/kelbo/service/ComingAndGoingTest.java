package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.Line;
import io.kelbo.broker.TemporaryFolder;
import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is cheap of {@link KillStormTest}, by both protocols: one broker, behind a line, and two
 * instances in this process. Meanwhile they are asked whether they live.
 */
class ComingAndGoingTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path dir;
  private Line line;
  private Cluster cluster;

  ComingAndGoingTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @BeforeEach
  void begin() throws Exception {
    int behind = GuardedCluster.freePort();
    line = Line.to(behind);
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            dir.resolve("broker"),
            0,
            Map.of(
                "listeners", "LINE://127.0.0.1:" + behind,
                "advertised.listeners", "LINE://127.0.0.1:" + line.port(),
                "listener.security.protocol.map", "LINE:PLAINTEXT"));
    cluster = new Cluster(broker.bootstrap(), broker::close);
    cluster.createInput();
  }

  @AfterEach
  void end() throws Exception {
    cluster.close();
    line.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void shouldAnswerOnceThoughInstancesComeAndGoTheLineIsCutAndStateIsLost(String protocol)
      throws Exception {
    try (Load load = new Load(cluster);
        Service first = start(protocol, "first")) {
      awaitMore(700);

      try (Service second = start(protocol, "second");
          Pulse pulse = Pulse.of(second)) {
        await().atMost(PATIENCE).until(() -> second.ready() && scored(second) > 100);
        first.close();
        awaitMore(700);
        line.cut();
        await().pollDelay(Duration.ofSeconds(2)).until(() -> line.ends() == 0);
        line.heal();
        awaitMore(700);
        assertAliveThoughNotReady(pulse);
      }
      TemporaryFolder.delete(dir.resolve("first"));
      try (Service onNothing = start(protocol, "first");
          Pulse pulse = Pulse.of(onNothing)) {
        awaitMore(700);
        assertAliveThoughNotReady(pulse);
        assertThat(onNothing.meters().total("kelbo.restored")).isPositive();
        int rows = load.end();
        await().atMost(PATIENCE).until(() -> cluster.allAnswered(TOPICS));

        assertThat(cluster.sent()).isEqualTo(rows);
        assertThat(onNothing.meters().total("kelbo.replaced.threads")).isZero();
      }

      FaultAudit audit = FaultAudit.of(cluster, TOPICS);
      SecondOpinion again = SecondOpinion.of(cluster, TOPICS, settings(protocol, "again"));
      assertThat(audit.faults()).isEmpty();
      assertThat(audit.byproducts().told()).isPositive();
      assertThat(audit.byproducts().completed()).isPositive();
      assertThat(audit.alarms()).isPositive();
      assertThat(again.compared()).isGreaterThan(2_000);
      assertThat(again.first()).isEmpty();
    }
  }

  /** In a rebalance, or while state is restored. */
  private static void assertAliveThoughNotReady(Pulse pulse) {
    assertThat(pulse.deaths()).isEmpty();
    assertThat(pulse.unready()).anyMatch(line -> line.contains("REBALANCING"));
  }

  private Service start(String protocol, String instance) throws Exception {
    return Service.start(settings(protocol, instance));
  }

  /** All connections of the service go through the line. */
  private Settings settings(String protocol, String instance) throws Exception {
    return new SettingsReader()
        .read(
            """
            kafka: { bootstrap.servers: "127.0.0.1:%d", group.protocol: %s, num.standby.replicas: 0 }
            %s
            alarms: { budget: "0.001", silence: "off" }
            state: { dir: "%s" }
            http.port: 0
            """
                .formatted(line.port(), protocol, Load.INPUT_SECTION, dir.resolve(instance)),
            "test");
  }

  private static long scored(Service service) {
    return service.meters().total("kelbo.records");
  }

  private void awaitMore(long answers) {
    long before = cluster.answered(TOPICS);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(() -> cluster.answered(TOPICS) >= before + answers);
  }
}
