package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The flow from records to answers. */
class ScoringTopologyTest {
  private static Model first;
  private static Model byMode;

  @BeforeAll
  static void learn() {
    first = FirstModels.model(1);
    byMode = FirstModels.model(1, "mode");
  }

  @Test
  void shouldAnswerEachRecordWithItsSource() {
    try (ScoringBench bench = new ScoringBench(first)) {
      bench.rows(0, 60);

      List<JsonNode> verdicts = bench.verdicts();
      assertThat(verdicts).hasSize(60);
      assertThat(verdicts.get(59).get("id").asText()).isEqualTo("plant.telemetry/0/59");
      assertThat(verdicts.get(59).get("entity").asText()).isEqualTo("pump-5");
      assertThat(verdicts.get(59).get("model").get("version").asInt()).isEqualTo(1);
      assertThat(bench.meters.total("kelbo.verdicts")).isEqualTo(60);
    }
  }

  @Test
  void shouldSendAnAnomalyWithItsFieldsToAnomalies() {
    try (ScoringBench bench = new ScoringBench(first)) {
      bench.rows(400, 460);

      bench.row(460, PlantRows.strange(460));

      List<JsonNode> anomalies = bench.anomalies();
      JsonNode last = anomalies.get(anomalies.size() - 1);
      assertThat(last.get("id").asText()).isEqualTo("plant.telemetry/0/60");
      assertThat(last.get("verdict").asText()).isEqualTo("anomaly");
      assertThat(last.get("fields").get(0).get("name").asText()).isEqualTo("pressure");
      assertThat(bench.verdicts()).contains(last);
    }
  }

  @Test
  void shouldCompleteARecordWithoutAValue() {
    try (ScoringBench bench = new ScoringBench(first)) {
      bench.row(407, PlantRows.row(407));

      List<TestRecord<byte[], byte[]>> imputed = bench.out(ScoringBench.TOPICS.imputed());
      assertThat(imputed).hasSize(1);
      assertThat(new String(imputed.get(0).key())).isEqualTo("pump-5");
      JsonNode record = ScoringBench.json(imputed.get(0).value());
      assertThat(record.get("motor").get("temperature").asDouble()).isBetween(30.0, 90.0);
      assertThat(record.get("serial").asText()).isEqualTo("s-407");
      assertThat(ScoringBench.header(imputed.get(0), "kelbo.imputed"))
          .isEqualTo("motor.temperature");
      assertThat(Double.parseDouble(ScoringBench.header(imputed.get(0), "kelbo.imputed.sd")))
          .isPositive();
    }
  }

  @Test
  void shouldChangeTheModelBetweenRecordsOnly() {
    try (ScoringBench bench = new ScoringBench(first)) {
      bench.rows(0, 3);

      bench.publish(FirstModels.model(2));
      bench.rows(3, 5);

      assertThat(bench.verdicts())
          .extracting(verdict -> verdict.get("model").get("version").asInt())
          .containsExactly(1, 1, 1, 2, 2);
    }
  }

  @Test
  void shouldKeepTheModelWhereTheNextCannotBeRead() {
    try (ScoringBench bench = new ScoringBench(first)) {
      bench.rows(0, 1);

      bench.publish("default/2", new byte[] {1, 2, 3});
      bench.champion(2);
      bench.rows(1, 3);

      assertThat(bench.verdicts())
          .extracting(verdict -> verdict.get("model").get("version").asInt())
          .containsExactly(1, 1, 1);
      assertThat(bench.meters.total("kelbo.refused.models")).isEqualTo(1);
    }
  }

  @Test
  void shouldAnswerEvenWhereNoModelCanBeRead() {
    try (ScoringBench bench = new ScoringBench(first)) {
      bench.publish("default/1", new byte[] {1, 2, 3});

      bench.rows(0, 1);

      assertThat(bench.verdicts().get(0).get("verdict").asText()).isEqualTo("warming_up");
    }
  }

  @Test
  void shouldMeetTheRecordsOfAnEntityThatIsAFieldUnderItsName() {
    try (ScoringBench bench = new ScoringBench(byMode)) {
      bench.rows(0, 60);

      List<JsonNode> verdicts = bench.verdicts();
      assertThat(verdicts).hasSize(60);
      assertThat(verdicts).extracting(v -> v.get("entity").asText()).contains("day");
      assertThat(verdicts)
          .extracting(v -> v.get("source").get("topic").asText())
          .containsOnly("plant.telemetry");
      assertThat(bench.out(ScoringBench.TOPICS.imputed()))
          .extracting(record -> new String(record.key()))
          .containsExactly("pump-1", "pump-5");
      assertThat(bench.store(JudgeProcessor.ENTITIES).get("day")).isNotNull();
    }
  }

  @Test
  void shouldSendARunOfThirtyTwoRecordsForTraining() {
    try (ScoringBench bench = new ScoringBench(first)) {
      bench.rows(0, 64 * PlantRows.PUMPS);

      List<Sample> samples = bench.samples();
      assertThat(samples).hasSize(2 * PlantRows.PUMPS);
      assertThat(samples.get(0).run().moments()).hasSize(32);
      assertThat(samples.get(0).part()).isZero();
      assertThat(samples.get(6).part()).isEqualTo(1);
      assertThat(samples.get(6).draw()).isEqualTo(samples.get(0).draw());
      assertThat(samples.get(6).run().moments().get(0).source().offset()).isEqualTo(32L * 6);
      assertThat(samples.get(0).fields()).isEqualTo(first.layout().fields());
    }
  }

  @Test
  void shouldKnowTheNamesOfAllItsTopics() {
    try (ScoringBench bench = new ScoringBench(FirstModels.model(1, "mode"))) {
      bench.rows(0, 400);

      List<String> known = new ArrayList<>(ScoringBench.TOPICS.own());
      known.addAll(ScoringBench.TOPICS.internal());
      assertThat(bench.topics())
          .contains("kelbo-score-entities-changelog", "kelbo-score-by-entity-repartition")
          .isSubsetOf(known);
    }
  }
}
