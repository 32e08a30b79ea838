package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kelbo.format.Formats;
import io.kelbo.model.Model;
import io.kelbo.record.Declared;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.FieldRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fields with the role of a target: told where they are absent, and never a reason for alarm. */
class PredictionsTest {
  private static final Declared DECLARED =
      new Declared(
          List.of(
              new Field("pressure", FieldKind.QUANTITY),
              new Field("motor.flow", FieldKind.QUANTITY),
              new Field("valve", FieldKind.FLAG),
              new Field("motor.temperature", FieldKind.QUANTITY, FieldRole.TARGET),
              new Field("mode", FieldKind.CATEGORY, FieldRole.TARGET)),
          Set.of(),
          "key",
          null);
  private static Model model;

  @BeforeAll
  static void learn() {
    List<String> rows = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < 400; row++) {
      rows.add(PlantRows.row(row));
      keys.add(PlantRows.key(row));
    }
    model = FirstModels.of(rows, keys, DECLARED);
  }

  private static ScoringBench bench() {
    return new ScoringBench(model, ScoringBench.A_DAY, Formats.json(), DECLARED);
  }

  /** A row without its targets. */
  private static String unlabelled(int row) {
    ObjectNode json = (ObjectNode) ScoringBench.json(FirstModels.bytes(PlantRows.row(row)));
    json.remove("mode");
    ((ObjectNode) json.get("motor")).remove("temperature");
    return json.toString();
  }

  private static JsonNode of(List<JsonNode> predictions, String target) {
    return predictions.stream()
        .filter(p -> p.get("target").asText().equals(target))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldTellEachTargetThatARecordLacks() {
    try (ScoringBench bench = bench()) {
      bench.rows(400, 460);
      bench.row(460, unlabelled(460));

      List<TestRecord<byte[], byte[]>> records = bench.out(ScoringBench.TOPICS.predictions());
      List<JsonNode> last =
          records.stream()
              .map(record -> ScoringBench.json(record.value()))
              .filter(p -> p.get("id").asText().equals("plant.telemetry/0/60"))
              .toList();
      assertThat(last).hasSize(2);
      assertThat(new String(records.get(records.size() - 1).key())).isEqualTo("pump-4");
      JsonNode temperature = of(last, "motor.temperature");
      double truth =
          ScoringBench.json(FirstModels.bytes(PlantRows.row(460)))
              .get("motor")
              .get("temperature")
              .asDouble();
      assertThat(temperature.get("value").asDouble()).isBetween(truth - 3, truth + 3);
      assertThat(temperature.get("low").asDouble()).isLessThan(temperature.get("value").asDouble());
      assertThat(temperature.get("sd").asDouble()).isBetween(0.3, 2.0);
      JsonNode mode = of(last, "mode");
      assertThat(mode.get("value").asText()).isIn("day", "night");
      assertThat(mode.get("chances")).hasSize(2);
      double sum = 0;
      for (JsonNode one : mode.get("chances")) {
        sum += one.get("chance").asDouble();
      }
      assertThat(sum).isBetween(1 - 1e-9, 1 + 1e-9);
      assertThat(mode.get("chances").get(0).get("category")).isEqualTo(mode.get("value"));
      assertThat(mode.get("model").get("version").asInt()).isEqualTo(1);
      assertThat(mode.get("source").get("offset").asInt()).isEqualTo(60);
      assertThat(bench.meters.total("kelbo.predictions")).isEqualTo(records.size());
    }
  }

  @Test
  void shouldKeepItsWordOnRecordsThatItHasNotSeen() {
    try (ScoringBench bench = bench()) {
      for (int row = 400; row < 900; row++) {
        bench.row(row, unlabelled(row));
      }

      List<JsonNode> predictions = bench.json(ScoringBench.TOPICS.predictions());
      int inside = 0;
      int right = 0;
      int temperatures = 0;
      for (JsonNode one : predictions) {
        int row = 400 + one.get("source").get("offset").asInt();
        JsonNode truth = ScoringBench.json(FirstModels.bytes(PlantRows.row(row)));
        if (one.get("target").asText().equals("mode")) {
          right += one.get("value").equals(truth.get("mode")) ? 1 : 0;
        } else if (!truth.get("motor").get("temperature").isNull()) {
          double value = truth.get("motor").get("temperature").asDouble();
          temperatures++;
          inside +=
              one.get("low").asDouble() <= value && value <= one.get("high").asDouble() ? 1 : 0;
        }
      }
      assertThat(predictions).hasSize(1000);
      assertThat((double) inside / temperatures).isBetween(0.84, 0.96);
      assertThat(right).isGreaterThan(470);
    }
  }

  @Test
  void shouldTellNothingWhereTheRecordSaysIt() {
    try (ScoringBench bench = bench()) {
      bench.row(401, PlantRows.row(401));

      assertThat(bench.out(ScoringBench.TOPICS.predictions())).isEmpty();
      assertThat(bench.meters.total("kelbo.predictions")).isZero();
    }
  }

  @Test
  void shouldJudgeARecordAlikeWhateverItsTargetSays() {
    List<List<JsonNode>> verdicts = new ArrayList<>();
    for (int version = 0; version < 3; version++) {
      try (ScoringBench bench = bench()) {
        for (int row = 400; row < 500; row++) {
          String absurd =
              PlantRows.row(row)
                  .replaceAll("\"temperature\": [^}]*", "\"temperature\": 1e9")
                  .replaceAll("day|night", "never");
          bench.row(
              row, version == 0 ? PlantRows.row(row) : version == 1 ? unlabelled(row) : absurd);
        }
        verdicts.add(bench.verdicts());
      }
    }

    assertThat(verdicts.get(1)).isEqualTo(verdicts.get(0));
    assertThat(verdicts.get(2)).isEqualTo(verdicts.get(0));
  }

  @Test
  void shouldNeitherBlameNorFillATarget() {
    try (ScoringBench bench = bench()) {
      bench.rows(400, 460);
      bench.row(460, PlantRows.strange(460));
      bench.row(461, unlabelled(461));
      bench.row(462, unlabelled(462).replaceFirst("\"pressure\":[^,]*", "\"pressure\":null"));

      List<JsonNode> anomalies = bench.anomalies();
      assertThat(anomalies.get(anomalies.size() - 1).get("fields"))
          .extracting(field -> field.get("name").asText())
          .containsExactlyInAnyOrder("pressure", "motor.flow", "valve");
      List<TestRecord<byte[], byte[]>> imputed = bench.out(ScoringBench.TOPICS.imputed());
      assertThat(imputed).hasSize(1);
      assertThat(ScoringBench.header(imputed.get(0), "kelbo.imputed")).isEqualTo("pressure");
      assertThat(ScoringBench.json(imputed.get(0).value()).has("mode")).isFalse();
      assertThat(bench.meters.total("kelbo.missing.cells")).isEqualTo(1);
    }
  }

  @Test
  void shouldWidenTheIntervalWhereWhatTellsIsMissing() {
    try (ScoringBench bench = bench()) {
      bench.row(400, unlabelled(400));
      bench.row(401, "{\"valve\": true, \"motor\": {}}");

      List<JsonNode> told = bench.json(ScoringBench.TOPICS.predictions());
      double sure = of(told.subList(0, 2), "motor.temperature").get("sd").asDouble();
      double unsure = of(told.subList(2, 4), "motor.temperature").get("sd").asDouble();
      double likeliest =
          of(told.subList(2, 4), "mode").get("chances").get(0).get("chance").asDouble();
      assertThat(unsure).isGreaterThan(2 * sure);
      assertThat(likeliest).isLessThan(0.99);
    }
  }
}
