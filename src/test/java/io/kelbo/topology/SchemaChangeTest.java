package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.format.AvroWritten;
import io.kelbo.model.Model;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.train.Trainer;
import java.time.Duration;
import java.util.List;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas that change while records come: no record is lost, and each change is told once. */
class SchemaChangeTest {
  private static final Topics TOPICS = ScoringBench.TOPICS;
  private static Model model;

  @BeforeAll
  static void learn() {
    model = FirstModels.model(1);
  }

  @Test
  void shouldLearnANewFieldWithTheNextTraining() throws Exception {
    List<TestRecord<byte[], byte[]>> samples;
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(0, 600);
      for (int row = 600; row < 1_400; row++) {
        bench.row(
            row, PlantRows.row(row).replace("{\"pressure\"", "{" + more(row) + "\"pressure\""));
      }
      assertThat(bench.verdicts()).hasSize(1_400);
      assertThat(bench.json(TOPICS.lifecycle()))
          .extracting(event -> event.get("reason").asText())
          .containsExactly("field 'vibration' was added; field 'order_id' was added");
      samples = bench.out(TOPICS.samples());
    }

    Model grown;
    try (TrainingBench bench =
        new TrainingBench(model, Duration.ofMinutes(10), Trainer::train, Runnable::run)) {
      bench.send(samples);
      bench.attend();
      grown = ModelSnapshot.read(bench.out(TOPICS.models()).get(0).value()).model();
    }

    assertThat(grown.layout().fields().list())
        .startsWith(model.layout().fields().list().toArray(new Field[0]))
        .endsWith(new Field("vibration", FieldKind.QUANTITY))
        .hasSize(model.layout().fields().size() + 1);
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.publish(grown);
      bench.row(
          1_400,
          PlantRows.strange(1_400)
              .replace("{", "{\"vibration\": 1.5, ")
              .replaceFirst("\"motor\": \\{\"vibration\": 1.5, ", "\"motor\": {"));
      assertThat(bench.verdicts().get(0).get("model").get("version").asInt()).isEqualTo(2);
    }
  }

  @Test
  void shouldTellThatAJsonFieldIsGone() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(0, 150);
      for (int row = 150; row < 300; row++) {
        bench.row(row, PlantRows.row(row).replaceFirst("\"pressure\": [^,]*, ", ""));
      }

      assertThat(bench.verdicts()).hasSize(300);
      assertThat(bench.out(TOPICS.deadLetters())).isEmpty();
      assertThat(bench.json(TOPICS.lifecycle()))
          .extracting(event -> event.get("reason").asText())
          .containsExactly("field 'pressure' is absent from 100 records in a row");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "added|{\"name\": \"pressure\"|{\"name\": \"load\", \"type\": [\"null\", \"double\"], \"default\": null}, {\"name\": \"pressure\"|field 'load' was added",
        "dropped|, {\"name\": \"serial\", \"type\": \"string\"}||field 'serial' was dropped",
        "renamed|{\"name\": \"pressure\"|{\"aliases\": [\"pressure\"], \"name\": \"press\"|field 'pressure' is now called 'press'",
        "narrower|{\"name\": \"pressure\", \"type\": \"double\"|{\"name\": \"pressure\", \"type\": \"float\"|field 'pressure' was double and is float",
        "nullable|{\"name\": \"valve\", \"type\": \"boolean\"|{\"name\": \"valve\", \"type\": [\"null\", \"boolean\"]|field 'valve' may now be null",
        "symbols|[\"day\", \"night\"]|[\"day\", \"night\", \"dusk\"]|field 'mode' has the new symbols [dusk]"
      })
  void shouldGoOnWhereAnAvroSchemaChanges(String what, String from, String to, String told)
      throws Exception {
    String one = AvroRows.PLAIN.toString(false).replace(",\"", ", \"").replace(":", ": ");
    String before = one.replace("},{", "}, {").replace("\": ", "\": ");
    String after = before.replace(from, to == null ? "" : to);
    assertThat(after).as(what).isNotEqualTo(before);
    Schema changed = new Schema.Parser().parse(after);
    try (AvroInput input = new AvroInput();
        ScoringBench bench = input.bench(model)) {
      AvroWritten first = input.written(AvroRows.PLAIN);
      AvroWritten second = input.written(changed);

      AvroInput.send(bench, first, 0, 5, PlantRows::row);
      AvroInput.send(bench, second, 5, 10, PlantRows::row);
      AvroInput.send(bench, first, 10, 15, PlantRows::row);

      assertThat(bench.out(TOPICS.deadLetters())).isEmpty();
      List<JsonNode> verdicts = bench.verdicts();
      assertThat(verdicts)
          .hasSize(15)
          .noneMatch(v -> v.get("verdict").asText().equals("unscorable"));
      assertThat(bench.json(TOPICS.lifecycle()))
          .extracting(event -> event.get("event").asText() + ": " + event.get("reason").asText())
          .containsExactly("schema_changed: " + told);
      assertThat(bench.out(TOPICS.imputed())).hasSize(1); // row 7's temperature, no pressure
    }
  }

  @Test
  void shouldGoOnWhereTheFormerSchemaHasAWrongDefaultAndAnOddName() throws Exception {
    String odd =
        AvroRows.PLAIN
            .toString()
            .replaceFirst(
                "\"fields\":\\[",
                "$0{\"name\":\"line-speed\",\"type\":[\"null\",\"double\"],\"default\":\"null\"},");
    Schema.Parser lenient = new Schema.Parser(NameValidator.NO_VALIDATION);
    lenient.setValidateDefaults(false);

    assertThat(told(lenient.parse(odd), AvroRows.PLAIN))
        .containsExactly("field 'line-speed' was dropped");
  }

  @Test
  void shouldTellFiftyOfManyChangesAndHowManyMoreThereAre() throws Exception {
    String name = "n".repeat(900);
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      fields.append(
          "{\"name\": \"%s%d\", \"type\": [\"null\", \"int\"], \"default\": null},"
              .formatted(name, i));
    }

    assertThat(told(AvroRows.PLAIN, AvroRows.schema(fields.toString())))
        .singleElement()
        .satisfies(
            reason ->
                assertThat(reason)
                    .hasSizeLessThan(50 * 304)
                    .contains("nnn…; field 'nnn")
                    .endsWith("…; and 950 more"));
  }

  /** What is told where five records of one schema come after five of another, none lost. */
  private static List<String> told(Schema before, Schema after) throws Exception {
    try (AvroInput input = new AvroInput();
        ScoringBench bench = input.bench(model)) {
      AvroInput.send(bench, input.written(before), 0, 5, PlantRows::row);
      AvroInput.send(bench, input.written(after), 5, 10, PlantRows::row);

      assertThat(bench.out(TOPICS.deadLetters())).isEmpty();
      assertThat(bench.verdicts()).hasSize(10);
      return bench.json(TOPICS.lifecycle()).stream()
          .map(event -> event.get("reason").asText())
          .toList();
    }
  }

  private static String more(int row) {
    return "\"vibration\": %s, \"order_id\": %d, ".formatted(Math.sin(row) + 2, 90_000_000L + row);
  }
}
