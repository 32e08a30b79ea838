package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.OrderedProducer;
import io.kelbo.service.Service;
import io.kelbo.service.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power plant's output told from the weather, from producer to reader, through a real broker. */
class TargetsEndToEndTest {
  private static final Path TABLE =
      Path.of(System.getProperty("kelbo.home", "."), "..", "shared", "data", "imputation")
          .resolve("power_plant.csv.gz");
  private static final int LABELLED = 1500;
  private static final int ROWS = 2500;

  @Test
  void shouldTellTheOutputOfAPowerPlant(@TempDir Path dir) throws Exception {
    assumeTrue(Files.isRegularFile(TABLE), "the shared evaluation data is not here");
    List<String[]> rows = rows();
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"), 0)) {
      produce(broker, rows);
      Path config =
          Files.writeString(
              dir.resolve("kelbo.yaml"),
              """
              kafka: { bootstrap.servers: "%s" }
              input:
                topic: plant
                from: earliest
                late: P1D
                fields:
                  - { name: AT, kind: quantity }
                  - { name: V, kind: quantity }
                  - { name: AP, kind: quantity }
                  - { name: RH, kind: quantity }
                  - { name: PE, kind: quantity, role: target }
              warmup.records: 1000
              retrain.every: never
              http.port: 0
              state.dir: '%s'
              """
                  .formatted(broker.bootstrap(), dir.resolve("state")));

      Shell check = Shell.run("check", "-c", config.toString(), "--json");
      List<byte[]> predictions = new ArrayList<>();
      try (Service service = Service.start(new SettingsReader().read(config))) {
        await()
            .atMost(Duration.ofSeconds(120))
            .until(() -> LivePlant.committed(broker.bootstrap(), "kelbo.verdicts").size() >= ROWS);
        predictions.addAll(LivePlant.committed(broker.bootstrap(), "kelbo.predictions"));
      }

      assertThat(new ObjectMapper().readTree(check.out()).get("topics").has("kelbo.predictions"))
          .isTrue();
      assertThat(predictions).hasSize(ROWS - LABELLED);
      Set<String> ids = new HashSet<>();
      double squares = 0;
      int inside = 0;
      for (byte[] value : predictions) {
        JsonNode one = new ObjectMapper().readTree(value);
        ids.add(one.get("id").asText());
        double truth = Double.parseDouble(rows.get(one.get("source").get("offset").asInt())[4]);
        double off = one.get("value").asDouble() - truth;
        squares += off * off / predictions.size();
        inside += one.get("low").asDouble() <= truth && truth <= one.get("high").asDouble() ? 1 : 0;
      }
      assertThat(ids).hasSize(predictions.size());
      // The output varies by 17 MW; the best linear prediction is off by 4.6.
      assertThat(Math.sqrt(squares)).isLessThan(5);
      assertThat((double) inside / predictions.size()).isBetween(0.86, 0.94);
    }
  }

  private static List<String[]> rows() throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(TABLE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .limit(ROWS)
          .map(line -> line.split(",", -1))
          .toList();
    }
  }

  private static void produce(EmbeddedBroker broker, List<String[]> rows) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic("plant", 1, (short) 1))).all().get();
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            OrderedProducer.properties(broker.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      for (int row = 0; row < ROWS; row++) {
        String[] cells = rows.get(row);
        String weather =
            "\"AT\": %s, \"V\": %s, \"AP\": %s, \"RH\": %s"
                .formatted(cells[0], cells[1], cells[2], cells[3]);
        String value =
            row < LABELLED
                ? "{%s, \"PE\": %s}".formatted(weather, cells[4])
                : "{%s}".formatted(weather);
        producer.send(new ProducerRecord<>("plant", "p", value));
      }
    }
  }
}
