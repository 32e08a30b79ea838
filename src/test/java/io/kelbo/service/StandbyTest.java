package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With standbys, what an instance did goes on where the copy of its state is. */
@Tag("faults")
class StandbyTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @ParameterizedTest(name = "that was {0}")
  @ValueSource(strings = {"killed", "stopped"})
  void shouldGoOnFromTheCopyOfAnInstanceAndAnswerOnce(String end, @TempDir Path dir)
      throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      try (Load load = new Load(cluster)) {
        Process first =
            ServiceInAnotherJvm.start(config(cluster, dir.resolve("first")), dir.resolve("log"));
        awaitMore(cluster, 3000);
        try (Service second =
            Service.start(
                new SettingsReader().read(config(cluster, dir.resolve("second")), "test"))) {
          await().atMost(PATIENCE).until(() -> second.ready() && total(second, "records") > 100);
          awaitMore(cluster, 3000);
          long before = total(second, "restored");

          if (end.equals("killed")) {
            ServiceInAnotherJvm.kill(first);
          } else {
            ServiceInAnotherJvm.stop(first);
          }
          awaitMore(cluster, 3000);
          load.end();
          await().atMost(PATIENCE).until(() -> cluster.allAnswered(TOPICS));

          // What was written after the copy's last look: 0 where it was tried, against 258 and 540
          // without a copy.
          assertThat(total(second, "restored") - before).isLessThan(100);
        } finally {
          first.destroyForcibly();
        }
      }
      assertThat(FaultAudit.of(cluster, TOPICS).faults()).isEmpty();
    }
  }

  private static long total(Service service, String what) {
    return service.meters().total("kelbo." + what);
  }

  private static String config(Cluster cluster, Path state) {
    return """
    kafka: { bootstrap.servers: "%s", num.standby.replicas: 1 }
    %s
    alarms: { budget: "0.001", silence: "off" }
    state: { dir: "%s" }
    http.port: 0
    """
        .formatted(cluster.bootstrap(), Load.INPUT_SECTION, state);
  }

  private static void awaitMore(Cluster cluster, long answers) {
    long before = cluster.answered(TOPICS);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(() -> cluster.answered(TOPICS) >= before + answers);
  }
}
