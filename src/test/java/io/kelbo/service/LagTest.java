package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.topology.PlantRows;
import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lag.max} on a broker: a fault of this morning pages nobody, one of now does. */
class LagTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final Instant NOW = Instant.now();
  private static final int OLD = 1_200;
  private static final int ALL = 1_500;

  @Test
  void shouldSayLateOfOldRecordsAndAlarmOfNewOnesOnly(@TempDir Path dir) throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      for (int row = 0; row < ALL; row++) {
        boolean strange = (row >= 900 && row < 924) || (row >= 1_400 && row < 1_424);
        cluster.send(
            PlantRows.key(row),
            strange ? PlantRows.strange(row) : PlantRows.row(row),
            time(row).toEpochMilli());
      }
      cluster.flush();
      Settings settings =
          new SettingsReader()
              .read(
                  """
                  kafka: { bootstrap.servers: "%s" }
                  input: { topic: %s, from: earliest }
                  alarms: { budget: "0.001", silence: "off" }
                  lag.max: PT1H
                  state: { dir: "%s" }
                  http.port: 0
                  """
                      .formatted(cluster.bootstrap(), Cluster.INPUT, dir.resolve("state")),
                  "test");

      try (Service service = Service.start(settings)) {
        await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> service.ready() && cluster.count(TOPICS.verdicts()) >= ALL);
      }

      Audit audit = Audit.of(cluster, TOPICS);
      List<JsonNode> late =
          audit.verdicts().stream().filter(v -> v.get("verdict").asText().equals("late")).toList();
      assertThat(late).hasSizeGreaterThan(OLD - 600).allMatch(v -> old(v));
      assertThat(late.get(0).get("reason").asText()).isEqualTo("older than lag.max, PT1H");
      // They would have been alarms, of which the figures still tell.
      assertThat(late).anyMatch(v -> v.get("p_value").asDouble() < v.get("threshold_p").asDouble());
      List<JsonNode> alarms =
          cluster.committed(TOPICS.anomalies()).stream().map(r -> Audit.json(r.value())).toList();
      assertThat(alarms).isNotEmpty().noneMatch(v -> old(v));
      assertThat(audit.doubled()).isEmpty();
    }
  }

  /** Ten hours ago at first, then half an hour. */
  private static Instant time(int row) {
    return row < OLD
        ? NOW.minus(Duration.ofHours(10)).plusSeconds(row)
        : NOW.minus(Duration.ofMinutes(30)).plusSeconds(row - OLD);
  }

  private static boolean old(JsonNode verdict) {
    return Instant.parse(verdict.get("time").asText()).isBefore(NOW.minus(Duration.ofHours(1)));
  }
}
