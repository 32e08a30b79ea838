package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.format.AvroWritten;
import io.kelbo.model.Model;
import io.kelbo.record.Declared;
import io.kelbo.record.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Avro schemas that change step by step while records come: each record is answered as the same row
 * in JSON is, and each step is told once.
 */
class SchemaWalkTest {
  private static final Topics TOPICS = ScoringBench.TOPICS;
  private static final int EACH = 12; // rows of one schema
  private static Model model;

  private final List<String> told = new ArrayList<>();

  @BeforeAll
  static void learn() {
    model = FirstModels.model(1);
  }

  @Test
  void shouldGoOnWhileANumberIsWidened() throws Exception {
    walk(
        model,
        row -> PlantRows.row(row).replaceFirst("(\"pressure\": \\d)\\.\\d+", "$1"),
        plain("\"pressure\",\"type\":\"double\"", "\"pressure\",\"type\":\"int\""),
        plain("\"pressure\",\"type\":\"double\"", "\"pressure\",\"type\":\"long\""),
        AvroRows.PLAIN);

    assertThat(told)
        .containsExactly(
            "field 'pressure' was int and is long", "field 'pressure' was long and is double");
  }

  @Test
  void shouldGoOnWhereAFieldMayBeNullAndNoLongerAndAgain() throws Exception {
    Schema nullable = plain("\"type\":\"boolean\"", "\"type\":[\"null\",\"boolean\"]");

    walk(model, PlantRows::row, AvroRows.PLAIN, nullable, AvroRows.PLAIN, nullable);

    // A schema that was there before is no news.
    assertThat(told).containsExactly("field 'valve' may now be null");
    told.clear();
    walk(
        model,
        PlantRows::row,
        nullable,
        AvroRows.PLAIN,
        plain(
            "\"valve\",\"type\":\"boolean\"",
            "\"valve\",\"type\":[\"null\",\"boolean\"],\"doc\":\"\""));
    assertThat(told)
        .containsExactly("field 'valve' may no longer be null", "field 'valve' may now be null");
  }

  @Test
  void shouldGoOnWithoutALearnedFieldThatIsDropped() throws Exception {
    walk(
        model,
        row -> row < EACH ? PlantRows.row(row) : withoutPressure(row),
        AvroRows.PLAIN,
        plain("{\"name\":\"pressure\",\"type\":\"double\"},", ""));

    assertThat(told).containsExactly("field 'pressure' was dropped");
  }

  @Test
  void shouldFollowAliasesInArraysAndMaps() throws Exception {
    List<String> rows = IntStream.range(0, 400).mapToObj(SchemaWalkTest::nested).toList();
    List<String> keys = IntStream.range(0, 400).mapToObj(PlantRows::key).toList();
    Model nested = FirstModels.of(rows, keys, Declared.nothing());
    assertThat(nested.layout().fields().list())
        .extracting(Field::name)
        .contains("pumps.0.pressure", "pumps.1.pressure", "by_site.north.flow");

    walk(
        nested,
        SchemaWalkTest::nested,
        nested("pressure", "flow", ""),
        nested("press", "through", ", \"aliases\": [\"%s\"]"));

    assertThat(told)
        .containsExactly(
            "field 'pumps.0.pressure' is now called 'pumps.0.press'; field 'by_site.*.flow' is now called 'by_site.*.through'");
  }

  /** Sends the rows of each schema in turn, and the same in JSON to another topology. */
  private void walk(Model with, IntFunction<String> rows, Schema... steps) throws Exception {
    List<JsonNode> verdicts;
    List<JsonNode> anomalies;
    int count = EACH * steps.length;
    try (ScoringBench json = new ScoringBench(with)) {
      for (int row = 0; row < count; row++) {
        json.row(row, rows.apply(row));
      }
      verdicts = json.verdicts();
      anomalies = json.anomalies();
    }
    try (AvroInput input = new AvroInput();
        ScoringBench avro = input.bench(with)) {
      for (int step = 0; step < steps.length; step++) {
        AvroWritten as = input.written(steps[step]);
        AvroInput.send(avro, as, step * EACH, (step + 1) * EACH, rows);
      }

      assertThat(avro.verdicts())
          .hasSize(count)
          .isEqualTo(verdicts)
          .noneMatch(verdict -> verdict.get("verdict").asText().equals("unscorable"));
      assertThat(avro.anomalies()).isEqualTo(anomalies);
      assertThat(avro.out(TOPICS.deadLetters())).isEmpty();
      avro.json(TOPICS.lifecycle()).forEach(event -> told.add(event.get("reason").asText()));
    }
  }

  private static Schema plain(String from, String to) {
    String plain = AvroRows.PLAIN.toString();
    assertThat(plain).contains(from);
    return new Schema.Parser().parse(plain.replace(from, to));
  }

  private static String withoutPressure(int row) {
    return PlantRows.row(row).replaceFirst("\"pressure\": [^,]*, ", "");
  }

  /** Two pumps in an array, and a map by site. */
  private static String nested(int row) {
    String one = PlantRows.row(row).replaceFirst(".*\"pressure\": ([^,]*), .*", "$1");
    String two = PlantRows.row(row + 7).replaceFirst(".*\"pressure\": ([^,]*), .*", "$1");
    String flow = PlantRows.row(row).replaceFirst(".*\"flow\": ([^,]*), .*", "$1");
    return "{\"pumps\": [{\"pressure\": %s}, {\"pressure\": %s}], \"by_site\": {\"north\": {\"flow\": %s}}}"
        .formatted(one, two, flow);
  }

  private static Schema nested(String pressure, String flow, String aliases) {
    return new Schema.Parser()
        .parse(
            """
            {"type": "record", "name": "Site", "fields": [
             {"name": "pumps", "type": {"type": "array", "items": {"type": "record", "name": "Pump", "fields": [
               {"name": "%s", "type": "double"%s}]}}},
             {"name": "by_site", "type": {"type": "map", "values": {"type": "record", "name": "One", "fields": [
               {"name": "%s", "type": "double"%s}]}}}]}
            """
                .formatted(
                    pressure, aliases.formatted("pressure"), flow, aliases.formatted("flow")));
  }
}
