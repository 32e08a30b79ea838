package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever comes in gets a clear answer, and the stream goes on. */
class BadInputTest {
  private static Model model;

  @BeforeAll
  static void learn() {
    model = FirstModels.model(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"pressure\": 4.1, \"mot | not_json",
        "[1, 2, 3] | not_an_object",
        "17 | not_an_object",
        "{\"pressure\": \"high\"} | wrong_type",
      })
  void shouldSetAsideWhatCannotBeRead(String value, String reason) {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.row(0, value);
      bench.rows(1, 2);

      List<TestRecord<byte[], byte[]>> letters = bench.out(ScoringBench.TOPICS.deadLetters());
      assertThat(letters).hasSize(1);
      assertThat(new String(letters.get(0).value())).isEqualTo(value);
      assertThat(new String(letters.get(0).key())).isEqualTo("pump-0");
      assertThat(ScoringBench.header(letters.get(0), "kelbo.reason")).isEqualTo(reason);
      assertThat(ScoringBench.header(letters.get(0), "kelbo.topic")).isEqualTo("plant.telemetry");
      assertThat(ScoringBench.header(letters.get(0), "kelbo.partition")).isEqualTo("0");
      assertThat(ScoringBench.header(letters.get(0), "kelbo.offset")).isEqualTo("0");
      assertThat(bench.verdicts()).hasSize(1);
    }
  }

  @Test
  void shouldCutALongDeadLetterAndSaySo() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.row(0, "{\"pressure\": 4, \"text\": \"" + "x".repeat(2_000_000) + "\"}");

      TestRecord<byte[], byte[]> letter = bench.out(ScoringBench.TOPICS.deadLetters()).get(0);
      assertThat(ScoringBench.header(letter, "kelbo.reason")).isEqualTo("too_large");
      assertThat(letter.value()).hasSize(DeadLetter.MAX_BYTES);
      assertThat(ScoringBench.header(letter, DeadLetter.CUT)).isEqualTo("2000027");
    }
  }

  @Test
  void shouldTakeNotANumberAsTextForMissing() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.row(0, "{\"pressure\": \"NaN\", \"motor\": {\"flow\": \"31.5\"}}");

      assertThat(bench.verdicts().get(0).get("verdict").asText()).isIn("normal", "anomaly");
      assertThat(
              ScoringBench.header(bench.out(ScoringBench.TOPICS.imputed()).get(0), "kelbo.imputed"))
          .contains("pressure")
          .doesNotContain("flow");
    }
  }

  @Test
  void shouldTakeABareNotANumberForMissing() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.row(0, "{\"pressure\": NaN, \"motor\": {\"flow\": 31.5}, \"unknown\": Infinity}");

      assertThat(bench.verdicts().get(0).get("verdict").asText()).isIn("normal", "anomaly");
      TestRecord<byte[], byte[]> completed = bench.out(ScoringBench.TOPICS.imputed()).get(0);
      assertThat(ScoringBench.header(completed, "kelbo.imputed")).contains("pressure");
      assertThat(new String(completed.value())).doesNotContain("NaN").contains("\"Infinity\"");
      assertThat(bench.out(ScoringBench.TOPICS.deadLetters())).isEmpty();
    }
  }

  @Test
  void shouldSayThatARecordWithoutAKnownFieldCannotBeScored() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.row(0, "{\"weather\": \"fine\"}");

      assertThat(bench.verdicts().get(0).get("verdict").asText()).isEqualTo("unscorable");
    }
  }

  @Test
  void shouldSkipAndCountANullValue() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.row(0, null);
      bench.rows(1, 2);

      assertThat(bench.verdicts()).hasSize(1);
      assertThat(bench.out(ScoringBench.TOPICS.deadLetters())).isEmpty();
      assertThat(bench.meters.total("kelbo.tombstones")).isEqualTo(1);
    }
  }

  @Test
  void shouldScoreARecordWithoutAKeyUnderItsPartition() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.send(null, FirstModels.bytes(PlantRows.row(0)), FirstModels.START.toEpochMilli());

      assertThat(bench.verdicts().get(0).get("entity").asText()).isEqualTo("partition-0");
    }
  }

  @Test
  void shouldNotLetOneRecordFrom2099MoveTheClock() {
    Instant far = Instant.parse("2099-01-01T00:00:00Z");
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(0, 12);
      bench.send(
          FirstModels.bytes("pump-0"), FirstModels.bytes(PlantRows.row(12)), far.toEpochMilli());
      bench.rows(13, 40);

      List<TestRecord<byte[], byte[]>> out = bench.out(ScoringBench.TOPICS.verdicts());
      List<JsonNode> verdicts = out.stream().map(r -> ScoringBench.json(r.value())).toList();
      assertThat(verdicts).hasSize(40);
      assertThat(verdicts.get(12).get("time").asText()).isEqualTo("2099-01-01T00:00:00Z");
      assertThat(out.get(12).timestamp())
          .isEqualTo(FirstModels.START.plusSeconds(11).toEpochMilli());
      assertThat(verdicts).noneMatch(verdict -> verdict.get("verdict").asText().equals("late"));
      assertThat(bench.meters.total("kelbo.clock.held")).isEqualTo(1);
    }
  }

  @Test
  void shouldSetAsideARecordThatFailsUnexpectedly() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(0, 1);
      byte[] newer = bench.store(JudgeProcessor.ENTITIES).get("pump-0").clone();
      newer[0] = 99;
      bench.store(JudgeProcessor.ENTITIES).put("pump-0", newer);

      bench.row(6, PlantRows.row(6));
      bench.rows(7, 9);

      List<TestRecord<byte[], byte[]>> letters = bench.out(ScoringBench.TOPICS.deadLetters());
      assertThat(letters).hasSize(1);
      assertThat(ScoringBench.header(letters.get(0), "kelbo.reason")).isEqualTo("unexpected");
      assertThat(new String(letters.get(0).value())).isEqualTo(PlantRows.row(6));
      assertThat(bench.verdicts()).hasSize(3);
    }
  }

  @Test
  void shouldSayWhereARegroupedRecordCameFromThatFailsUnexpectedly() {
    try (ScoringBench bench = new ScoringBench(FirstModels.model(1, "mode"))) {
      bench.rows(0, 1);
      bench.store(JudgeProcessor.ENTITIES).put("day", new byte[] {99, 0, 0, 0, 0});
      bench.store(JudgeProcessor.ENTITIES).put("night", new byte[] {99, 0, 0, 0, 0});

      bench.row(1, PlantRows.row(1));

      TestRecord<byte[], byte[]> letter = bench.out(ScoringBench.TOPICS.deadLetters()).get(0);
      assertThat(ScoringBench.header(letter, "kelbo.topic")).isEqualTo("plant.telemetry");
      assertThat(ScoringBench.header(letter, "kelbo.offset")).isEqualTo("1");
      assertThat(new String(letter.key())).isEqualTo("pump-1");
      assertThat(letter.headers().lastHeader("kelbo.origin.topic")).isNull();
    }
  }

  @Test
  void shouldAnswerHalfACharacter() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.row(0, "{\"mode\": \"\\ud83d\", \"note\": \"\\udc00\", \"pressure\": 40.5}");

      assertThat(bench.verdicts()).hasSize(1);
      assertThat(bench.out(ScoringBench.TOPICS.deadLetters())).isEmpty();
      assertThat(bench.json(ScoringBench.TOPICS.imputed()).get(0).get("pressure").asText())
          .isEqualTo("40.5");
    }
  }

  @Test
  void shouldSendNothingThatATopicWouldRefuse() {
    RecordHeaders many = new RecordHeaders();
    many.add("trace", new byte[600_000]);
    byte[] key = FirstModels.bytes("k".repeat(700_000));
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.send(key, new byte[700_000], many);
      bench.send(key, FirstModels.bytes(PlantRows.row(0)), many);

      TestRecord<byte[], byte[]> letter = bench.out(ScoringBench.TOPICS.deadLetters()).get(0);
      assertThat(letter.key().length + letter.value().length).isLessThan(700_000);
      assertThat(letter.headers().lastHeader("trace")).isNull();
      assertThat(ScoringBench.header(letter, "kelbo.cut_key")).isEqualTo("700000");
      assertThat(ScoringBench.header(letter, "kelbo.cut_headers")).startsWith("600");
      TestRecord<byte[], byte[]> verdict = bench.out(ScoringBench.TOPICS.verdicts()).get(0);
      assertThat(verdict.key()).hasSizeLessThan(300);
    }
  }
}
