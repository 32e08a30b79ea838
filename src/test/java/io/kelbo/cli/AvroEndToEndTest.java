package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.format.AvroWritten;
import io.kelbo.format.Formats;
import io.kelbo.format.Framing;
import io.kelbo.format.HttpRegistry;
import io.kelbo.service.Service;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsReader;
import io.kelbo.topology.AvroRows;
import io.kelbo.topology.OutputReader;
import io.kelbo.topology.PlantRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Avro with a registry, from producer to reader, through a real broker. */
class AvroEndToEndTest {
  private static final int ROWS = 800;

  @Test
  void shouldAnswerAvroInAvroAndSayItInCheck(@TempDir Path dir) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
        HttpRegistry registry = new HttpRegistry()) {
      produce(broker, registry.add("plant-value", AvroRows.PLAIN.toString()));
      Path config =
          Files.writeString(
              dir.resolve("kelbo.yaml"),
              """
              kafka: { bootstrap.servers: "%s" }
              input: { topic: plant, from: earliest, late: P1D }
              registry.urls: [ "%s" ]
              retrain.every: never
              http.port: 0
              state.dir: '%s'
              """
                  .formatted(broker.bootstrap(), registry.url(), dir.resolve("state")));
      Settings settings = new SettingsReader().read(config);

      Shell check = Shell.run("check", "-c", config.toString(), "--json");
      List<byte[]> verdicts = new ArrayList<>();
      try (Service service = Service.start(settings)) {
        await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> LivePlant.committed(broker.bootstrap(), "kelbo.verdicts").size() >= ROWS);
        await().atMost(Duration.ofSeconds(90)).until(service::ready);
        shouldTakeFeedbackOn(broker, settings, config);
        verdicts.addAll(LivePlant.committed(broker.bootstrap(), "kelbo.verdicts"));
      }

      JsonNode records = new ObjectMapper().readTree(check.out()).get("records");
      assertThat(check.code()).isZero();
      assertThat(records.get("formats").get("avro-confluent").asInt()).isEqualTo(ROWS);
      assertThat(registry.subjects())
          .contains("kelbo.verdicts-value", "kelbo.anomalies-value", "kelbo.lifecycle-value");
      assertThat(verdicts).hasSize(ROWS).allMatch(value -> value[0] == 0);
      OutputReader reader = new OutputReader("Verdict", new Formats(settings.formats()));
      JsonNode last = new ObjectMapper().readTree(reader.json(verdicts.get(ROWS - 1)));
      assertThat(last.get("id").asText()).isEqualTo("plant/0/" + (ROWS - 1));
      assertThat(last.get("verdict").asText()).isIn("normal", "anomaly");
      assertThat(LivePlant.committed(broker.bootstrap(), "kelbo.dead-letters")).isEmpty();
      // Completed records keep the producer's own schema and id.
      assertThat(LivePlant.committed(broker.bootstrap(), "kelbo.imputed"))
          .isNotEmpty()
          .allMatch(v -> v[4] == 1);
    }
  }

  /** One strange row, for an alarm. */
  private static String text(int row) {
    return row == 700 ? PlantRows.strange(row) : PlantRows.row(row);
  }

  private static void shouldTakeFeedbackOn(EmbeddedBroker broker, Settings settings, Path config)
      throws Exception {
    OutputReader reader = new OutputReader("Verdict", new Formats(settings.formats()));
    byte[] alarm = LivePlant.committed(broker.bootstrap(), "kelbo.anomalies").get(0);
    String id = new ObjectMapper().readTree(reader.json(alarm)).get("id").asText();

    Shell said = Shell.run("feedback", id, "confirmed", "-c", config.toString());

    assertThat(said.code()).isZero();
    assertThat(LivePlant.committed(broker.bootstrap(), "kelbo.feedback")).hasSize(1);
  }

  private static void produce(EmbeddedBroker broker, int id) throws Exception {
    LivePlant.create(broker, 1);
    AvroWritten as = new AvroWritten(Framing.CONFLUENT, AvroRows.PLAIN, id);
    AvroPlant.produce(broker, as, 0, ROWS, row -> AvroRows.record(AvroRows.PLAIN, text(row)));
  }
}
