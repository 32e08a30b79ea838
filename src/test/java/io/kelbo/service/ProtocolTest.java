package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.topology.PlantRows;
import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways of sharing the work, and a stop that was asked for. */
class ProtocolTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void shouldAnswerEachRecordOnceAndStopInTime(String protocol, @TempDir Path dir)
      throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      for (int row = 0; row < 900; row++) {
        cluster.send(PlantRows.key(row), PlantRows.row(row), System.currentTimeMillis());
      }
      cluster.flush();
      Settings settings =
          new SettingsReader()
              .read(
                  """
                  kafka: { bootstrap.servers: "%s", group.protocol: %s, num.standby.replicas: 0 }
                  input: { topic: %s, from: earliest }
                  state: { dir: "%s", memory: 32 MB }
                  stop.within: PT6S
                  http.port: 0
                  """
                      .formatted(
                          cluster.bootstrap(), protocol, Cluster.INPUT, dir.resolve("state")),
                  "test");

      long stopped;
      try (Service service = Service.start(settings)) {
        await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> cluster.committed(TOPICS.verdicts()).size() >= 900);
        assertThat(service.ready()).isTrue();
        stopped = System.nanoTime();
      }

      assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(6));
      Audit audit = Audit.of(cluster, TOPICS);
      assertThat(audit.answers()).hasSize(900);
      assertThat(audit.doubled()).isEmpty();
    }
  }
}
