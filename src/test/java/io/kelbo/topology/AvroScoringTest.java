package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.format.AvroBody;
import io.kelbo.format.AvroWritten;
import io.kelbo.format.FormatSettings;
import io.kelbo.format.Formats;
import io.kelbo.format.Framing;
import io.kelbo.format.HttpRegistry;
import io.kelbo.format.RegistrySettings;
import io.kelbo.format.SchemaUnavailable;
import io.kelbo.model.Model;
import io.kelbo.record.Declared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Avro in and out of the scoring topology, beside the same rows as JSON. */
class AvroScoringTest {
  private static Model model;

  private HttpRegistry registry;

  @BeforeAll
  static void learn() {
    model = FirstModels.model(1);
  }

  @BeforeEach
  void open() throws Exception {
    registry = new HttpRegistry();
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldAnswerConfluentAvroAsItAnswersTheSameRowsInJson() throws Exception {
    AvroWritten as = confluent();
    Formats formats = formats("auto", "auto", 60);

    List<JsonNode> verdicts;
    List<JsonNode> anomalies;
    try (ScoringBench json = bench(Formats.json())) {
      for (int row = 0; row < 60; row++) {
        json.row(row, value(row));
      }
      verdicts = json.verdicts();
      anomalies = json.anomalies();
    }

    try (ScoringBench avro = bench(formats)) {
      for (int row = 0; row < 60; row++) {
        send(avro, row, AvroRows.bytes(as, value(row)));
      }

      assertThat(read(avro.out(ScoringBench.TOPICS.verdicts()), formats))
          .isEqualTo(verdicts)
          .hasSize(60);
      assertThat(read(avro.out(ScoringBench.TOPICS.anomalies()), formats))
          .isEqualTo(anomalies)
          .isNotEmpty();
      assertThat(registry.subjects())
          .containsExactly("plant-value", "kelbo.verdicts-value", "kelbo.anomalies-value");
    }
  }

  @Test
  void shouldCompleteARecordInItsOwnSchema() throws Exception {
    AvroWritten as = confluent();

    try (ScoringBench bench = bench(formats("avro-confluent", "json", 60))) {
      send(bench, 407, AvroRows.bytes(as, PlantRows.row(407)));

      TestRecord<byte[], byte[]> imputed = bench.out(ScoringBench.TOPICS.imputed()).get(0);
      GenericRecord record = AvroBody.read(as, imputed.value());
      assertThat((Double) ((GenericRecord) record.get("motor")).get("temperature"))
          .isBetween(30.0, 90.0);
      assertThat(record.get("serial")).hasToString("s-407");
      assertThat(ScoringBench.header(imputed, "kelbo.imputed")).isEqualTo("motor.temperature");
      assertThat(bench.verdicts()).hasSize(1);
    }
  }

  @Test
  void shouldReadSingleObjectsWithSchemasOfAFolderAndAnswerAlike(@TempDir Path folder)
      throws Exception {
    Files.writeString(folder.resolve("telemetry.avsc"), AvroRows.PLAIN.toString());
    long id = SchemaNormalization.parsingFingerprint64(AvroRows.PLAIN);
    AvroWritten as = new AvroWritten(Framing.SINGLE_OBJECT, AvroRows.PLAIN, id);
    Formats formats = new Formats(new FormatSettings("auto", null, folder, null, "auto"));

    try (ScoringBench bench = bench(formats)) {
      send(bench, 0, AvroRows.bytes(as, PlantRows.row(0)));
      bench.row(1, PlantRows.row(1));

      List<TestRecord<byte[], byte[]>> out = bench.out(ScoringBench.TOPICS.verdicts());
      assertThat(out.get(0).value()).startsWith(0xC3, 0x01);
      assertThat(out.get(1).value()).startsWith('{');
      assertThat(read(out, formats)).extracting(v -> v.get("id").asText()).hasSize(2);
    }
  }

  @Test
  void shouldReadPlainAvroWithTheSchemaOfAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("t.avsc"), AvroRows.PLAIN.toString());
    AvroWritten as = new AvroWritten(Framing.PLAIN, AvroRows.PLAIN, 0);

    try (ScoringBench bench =
        bench(new Formats(new FormatSettings("avro", file, null, null, "json")))) {
      send(bench, 0, AvroRows.bytes(as, PlantRows.row(0)));
      send(bench, 1, new byte[] {1, 2, 3});

      assertThat(bench.verdicts()).hasSize(1);
      assertThat(reasons(bench)).containsExactly("not_avro");
    }
  }

  @Test
  void shouldSetAsideARecordWhoseSchemaNobodyKnows() {
    AvroWritten unknown = new AvroWritten(Framing.CONFLUENT, AvroRows.PLAIN, 99);

    try (ScoringBench bench = bench(formats("auto", "json", 60))) {
      send(bench, 0, AvroRows.bytes(unknown, PlantRows.row(0)));
      bench.row(1, PlantRows.row(1));

      assertThat(reasons(bench)).containsExactly("unknown_schema");
      assertThat(bench.verdicts()).hasSize(1);
    }
  }

  @Test
  void shouldWaitForARegistryThatIsAwayAndLoseNothing() {
    AvroWritten as = confluent();
    registry.away.set(2);

    try (ScoringBench bench = bench(formats("auto", "json", 60))) {
      send(bench, 0, AvroRows.bytes(as, PlantRows.row(0)));

      assertThat(bench.verdicts()).hasSize(1);
      assertThat(reasons(bench)).isEmpty();
    }
  }

  @Test
  void shouldGiveUpTheTaskAndNotTheRecordWhereTheRegistryStaysAway() {
    AvroWritten as = confluent();
    registry.away.set(Integer.MAX_VALUE);

    try (ScoringBench bench = bench(formats("auto", "json", 1))) {
      assertThatThrownBy(() -> send(bench, 0, AvroRows.bytes(as, PlantRows.row(0))))
          .hasRootCauseInstanceOf(SchemaUnavailable.class);

      assertThat(reasons(bench)).isEmpty();
    }
  }

  private static String value(int row) {
    return row == 59 ? PlantRows.strange(row) : PlantRows.row(row);
  }

  private AvroWritten confluent() {
    int id = registry.add("plant-value", AvroRows.PLAIN.toString());
    return new AvroWritten(Framing.CONFLUENT, AvroRows.PLAIN, id);
  }

  private Formats formats(String input, String output, int patience) {
    RegistrySettings settings =
        new RegistrySettings(
            List.of(registry.url()), null, null, null, null, Duration.ofSeconds(patience));
    return new Formats(new FormatSettings(input, null, null, settings, output));
  }

  private static ScoringBench bench(Formats formats) {
    return new ScoringBench(model, ScoringBench.A_DAY, formats, Declared.nothing());
  }

  private static void send(ScoringBench bench, int row, byte[] value) {
    bench.send(
        FirstModels.bytes(PlantRows.key(row)),
        value,
        FirstModels.START.plusSeconds(row).toEpochMilli());
  }

  private static List<JsonNode> read(List<TestRecord<byte[], byte[]>> records, Formats formats)
      throws Exception {
    OutputReader reader = new OutputReader("Verdict", formats);
    List<JsonNode> read = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : records) {
      read.add(ScoringBench.json(reader.json(record.value())));
    }
    return read;
  }

  private static List<String> reasons(ScoringBench bench) {
    return bench.out(ScoringBench.TOPICS.deadLetters()).stream()
        .map(letter -> ScoringBench.header(letter, "kelbo.reason"))
        .toList();
  }
}
