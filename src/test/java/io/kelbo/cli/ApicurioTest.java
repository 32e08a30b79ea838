package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.format.Apicurio;
import io.kelbo.format.AvroWritten;
import io.kelbo.format.Formats;
import io.kelbo.format.Framing;
import io.kelbo.format.Registry;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.service.Service;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsReader;
import io.kelbo.topology.AvroRows;
import io.kelbo.topology.OutputReader;
import io.kelbo.topology.PlantRows;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Apicurio Registry instead of the tests' own: {@code ./mvnw -Pregistry -Dfast test}. */
@Tag("registry")
class ApicurioTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Schema GROWN =
      AvroRows.schema(
          "{\"name\": \"vibration\", \"type\": [\"null\", \"double\"], \"default\": null},");
  private static final Schema CHANGED =
      new Schema.Parser()
          .parse(AvroRows.PLAIN.toString().replaceFirst("\"double\"", "\"boolean\""));

  private Apicurio apicurio;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    Path java = Apicurio.java();
    assumeTrue(java != null, "Apicurio needs a Java from 21 on: JAVA21_HOME names none");
    apicurio = new Apicurio(java, folder);
    apicurio.start();
  }

  @AfterEach
  void end() throws Exception {
    if (apicurio != null) {
      apicurio.close();
    }
  }

  @Test
  void shouldRegisterFetchAndSayWhatTheRegistryHasAgainstASchema() throws Exception {
    Registry writing = new Registry(apicurio.settings(Apicurio.PASSWORD));
    Registry reading = new Registry(apicurio.settings(Apicurio.PASSWORD));
    reading.checkAccess();
    Registry nobody = new Registry(apicurio.settings("wrong"));

    int id = writing.register("plant-value", AvroRows.PLAIN);

    assertThat(reading.schema(id)).isEqualTo(AvroRows.PLAIN);
    assertThat(writing.register("plant-value", AvroRows.PLAIN)).isEqualTo(id);
    assertThat(reading.schema(writing.register("plant-value", GROWN))).isEqualTo(GROWN);
    assertThatThrownBy(nobody::checkAccess)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "answers 401", "Correct registry.auth.user and registry.auth.password");
    assertThatThrownBy(() -> writing.register("plant-value", CHANGED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'plant.Telemetry' under subject 'plant-value' with status 409")
        .hasMessageContaining("BOOLEAN not compatible with writer type: DOUBLE")
        .hasMessageContaining("output.format: json");
    assertThat(catchThrowableOfType(UnreadableRecord.class, () -> reading.schema(9_999)).reason())
        .isEqualTo(UnreadableRecord.Reason.UNKNOWN_SCHEMA);
  }

  @Test
  void shouldLoseNothingWhileTheSchemaGrowsAndTheRegistryIsAway(@TempDir Path dir)
      throws Exception {
    Registry registry = new Registry(apicurio.settings(Apicurio.PASSWORD));
    int plain = registry.register("plant-value", AvroRows.PLAIN);
    int grown = registry.register("plant-value", GROWN);
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"), 0)) {
      LivePlant.create(broker, 1);
      Settings settings = settings(broker, dir);
      produce(broker, new AvroWritten(Framing.CONFLUENT, AvroRows.PLAIN, plain), 0, 800);
      try (Service service = Service.start(settings)) {
        await().atMost(PATIENCE).until(() -> verdicts(broker).size() >= 800 && service.ready());

        apicurio.close();
        produce(broker, new AvroWritten(Framing.CONFLUENT, AvroRows.PLAIN, plain), 800, 900);
        produce(broker, new AvroWritten(Framing.CONFLUENT, GROWN, grown), 900, 1_000);
        // The one schema is known, the other cannot be had: its records wait, and their
        // forerunners.
        await().atMost(PATIENCE).until(() -> health(service).contains("registry does not answer"));
        assertThat(verdicts(broker)).hasSizeBetween(800, 900);
        apicurio.start();

        await().atMost(PATIENCE).until(() -> verdicts(broker).size() >= 1_000);
        assertThat(verdicts(broker)).allMatch(value -> value[0] == 0);
        assertThat(ids(read("Verdict", broker, "kelbo.verdicts", settings)))
            .containsExactlyElementsOf(expected(1_000));
        assertThat(LivePlant.committed(broker.bootstrap(), "kelbo.dead-letters")).isEmpty();
        // Completed records keep the producer's own schema and id.
        assertThat(LivePlant.committed(broker.bootstrap(), "kelbo.imputed"))
            .extracting(value -> ByteBuffer.wrap(value).getInt(1))
            .contains(plain, grown)
            .allMatch(id -> id == plain || id == grown);
        assertThat(read("LifecycleEvent", broker, "kelbo.lifecycle", settings))
            .extracting(JsonNode::toString)
            .anyMatch(event -> event.contains("schema_changed") && event.contains("vibration"));
      }
    }
  }

  private static List<String> expected(int rows) {
    return IntStream.range(0, rows).mapToObj(row -> "plant/0/" + row).toList();
  }

  private static List<String> ids(List<JsonNode> verdicts) {
    return verdicts.stream().map(verdict -> verdict.get("id").asText()).toList();
  }

  /** What is on one of our topics, by the schema of that name. */
  private static List<JsonNode> read(
      String schema, EmbeddedBroker broker, String topic, Settings settings) throws IOException {
    OutputReader reader = new OutputReader(schema, new Formats(settings.formats()));
    List<JsonNode> values = new ArrayList<>();
    for (byte[] value : LivePlant.committed(broker.bootstrap(), topic)) {
      values.add(new ObjectMapper().readTree(reader.json(value)));
    }
    return values;
  }

  private static List<byte[]> verdicts(EmbeddedBroker broker) {
    return LivePlant.committed(broker.bootstrap(), "kelbo.verdicts");
  }

  private static String health(Service service) throws Exception {
    URI page = URI.create("http://127.0.0.1:%d/health/ready".formatted(service.port()));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
        .body();
  }

  private Settings settings(EmbeddedBroker broker, Path dir) throws Exception {
    return new SettingsReader()
        .read(
            """
            kafka: { bootstrap.servers: "%s" }
            input: { topic: plant, from: earliest, late: P1D }
            registry: { urls: [ "%s" ], auth: { user: kelbo, password: "%s" } }
            output.format: avro
            retrain.every: never
            http.port: 0
            state.dir: '%s'
            """
                .formatted(
                    broker.bootstrap(), apicurio.url(), Apicurio.PASSWORD, dir.resolve("state")),
            "test");
  }

  private static void produce(EmbeddedBroker broker, AvroWritten as, int from, int to) {
    AvroPlant.produce(broker, as, from, to, row -> record(as.schema(), row));
  }

  private static GenericRecord record(Schema schema, int row) {
    GenericRecord record = AvroRows.record(schema, PlantRows.row(row));
    if (schema.equals(GROWN)) {
      record.put("vibration", 0.1 * row);
    }
    return record;
  }
}
