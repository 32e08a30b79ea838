package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code repair}: a value that the others speak against is replaced, and it is said. */
class RepairTest {
  private static final double LEVEL = 1e-6;
  private static Model model;

  @BeforeAll
  static void learn() {
    model = FirstModels.model(1);
  }

  @Test
  void shouldReplaceAWrongValueAndSayWhatItWasAndWhy() {
    try (ScoringBench bench = ScoringBench.repairing(model, LEVEL)) {
      bench.row(460, PlantRows.strange(460));

      List<TestRecord<byte[], byte[]>> imputed = bench.out(ScoringBench.TOPICS.imputed());
      JsonNode came = ScoringBench.json(FirstModels.bytes(PlantRows.strange(460)));
      JsonNode right = ScoringBench.json(FirstModels.bytes(PlantRows.row(460)));
      assertThat(imputed).hasSize(1);
      TestRecord<byte[], byte[]> record = imputed.get(0);
      JsonNode repaired = ScoringBench.json(record.value());
      double pressure = right.get("pressure").asDouble();
      assertThat(repaired.get("pressure").asDouble()).isBetween(pressure - 0.5, pressure + 0.5);
      assertThat(repaired.get("motor")).isEqualTo(came.get("motor"));
      assertThat(ScoringBench.header(record, "kelbo.repaired")).isEqualTo("pressure");
      assertThat(ScoringBench.header(record, "kelbo.imputed")).isEqualTo("pressure");
      assertThat(ScoringBench.header(record, "kelbo.repaired.was"))
          .isEqualTo("[" + came.get("pressure").asText() + "]");
      assertThat(Double.parseDouble(ScoringBench.header(record, "kelbo.repaired.p")))
          .isLessThan(LEVEL);
      assertThat(bench.meters.total("kelbo.repaired.cells")).isEqualTo(1);
      assertThat(bench.meters.total("kelbo.imputed.cells")).isZero();
    }
  }

  @Test
  void shouldFillWhatIsMissingFromWhatIsRight() {
    try (ScoringBench bench = ScoringBench.repairing(model, LEVEL)) {
      bench.row(
          460,
          PlantRows.strange(460).replaceFirst("\"temperature\": [^}]*", "\"temperature\": null"));

      TestRecord<byte[], byte[]> record = bench.out(ScoringBench.TOPICS.imputed()).get(0);
      double truth =
          ScoringBench.json(FirstModels.bytes(PlantRows.row(460)))
              .get("motor")
              .get("temperature")
              .asDouble();
      assertThat(ScoringBench.header(record, "kelbo.imputed"))
          .isEqualTo("pressure,motor.temperature");
      assertThat(ScoringBench.header(record, "kelbo.repaired")).isEqualTo("pressure");
      assertThat(ScoringBench.json(record.value()).get("motor").get("temperature").asDouble())
          .isBetween(truth - 4, truth + 4);
    }
  }

  @Test
  void shouldJudgeARecordAsItCame() {
    List<JsonNode> with;
    List<JsonNode> without;
    try (ScoringBench bench = ScoringBench.repairing(model, LEVEL)) {
      bench.rows(400, 460);
      bench.row(460, PlantRows.strange(460));
      bench.rows(461, 520);
      with = bench.verdicts();
    }
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(400, 460);
      bench.row(460, PlantRows.strange(460));
      bench.rows(461, 520);
      without = bench.verdicts();
    }

    assertThat(with).isEqualTo(without);
    assertThat(with.get(60).get("verdict").asText()).isEqualTo("anomaly");
  }

  @Test
  void shouldLeaveNormalRecordsAndThoseOfTwoFieldsThatDisagree() {
    try (ScoringBench bench = ScoringBench.repairing(model, LEVEL)) {
      bench.rows(408, 440);
      bench.row(440, "{\"pressure\": 9, \"motor\": {\"flow\": 20}}");

      assertThat(bench.out(ScoringBench.TOPICS.imputed()))
          .allMatch(record -> record.headers().lastHeader("kelbo.repaired") == null);
      assertThat(bench.meters.total("kelbo.repaired.cells")).isZero();
    }
  }
}
