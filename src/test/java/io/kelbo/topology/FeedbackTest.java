package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.context.Said;
import io.kelbo.model.Model;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say of alarms, from its topic to verdicts. */
class FeedbackTest {
  private static final String ALARM = "plant.telemetry/0/60";
  private static Model model;

  @BeforeAll
  static void learn() {
    model = FirstModels.model(1);
  }

  private static Feedback word(Said said, int second) {
    return new Feedback(
        ALARM,
        PlantRows.key(460),
        "default",
        FirstModels.START.plusSeconds(second),
        said,
        FirstModels.START.plusSeconds(460),
        Map.of("pressure", 13.0, "mode", "day"),
        1,
        "ann",
        null);
  }

  private static String last(ScoringBench bench) {
    List<JsonNode> verdicts = bench.verdicts();
    return verdicts.get(verdicts.size() - 1).get("verdict").asText();
  }

  @Test
  void shouldLetPassTheLikeOfAFalseAlarmAndNothingElse() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(400, 460);
      bench.row(460, PlantRows.strange(460));
      assertThat(last(bench)).isEqualTo("anomaly");
      bench.say(word(Said.FALSE_ALARM, 1));
      bench.rows(461, 760);
      bench.verdicts();

      bench.row(760, PlantRows.strange(760)); // pump-4 again

      List<JsonNode> verdicts = bench.verdicts();
      assertThat(verdicts.get(0).get("verdict").asText()).isEqualTo("suppressed");
      assertThat(verdicts.get(0).get("reason").asText())
          .isEqualTo("feedback on '" + ALARM + "': false alarm");
      bench.row(761, PlantRows.strange(761)); // another pump
      assertThat(last(bench)).isEqualTo("anomaly");
      bench.rows(762, 1060);
      bench.row(1060, PlantRows.row(1060).replace("\"flow\": ", "\"flow\": 9"));
      assertThat(last(bench)).isEqualTo("anomaly");
    }
  }

  @Test
  void shouldLetNothingPassOnceItIsConfirmed() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(400, 460);
      bench.row(460, PlantRows.strange(460));
      bench.say(word(Said.FALSE_ALARM, 1));
      bench.rows(461, 760);
      bench.say(word(Said.CONFIRMED, 2));

      bench.row(760, PlantRows.strange(760));

      assertThat(last(bench)).isEqualTo("anomaly");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {478, 640}) // after 3 records on the new level, and after 30
  void shouldLearnAnAcceptedLevelAtOnce(int said) {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(400, 460);
      moved(bench, 460, said);
      assertThat(bench.verdicts().stream().filter(v -> v.get("entity").asText().equals("pump-4")))
          .filteredOn(v -> v.get("source").get("offset").asLong() >= 60)
          .extracting(v -> v.get("verdict").asText())
          .containsOnly("anomaly");

      bench.say(word(Said.ACCEPT_NORMAL, 1));
      moved(bench, said, said + 300);

      List<String> kinds =
          bench.verdicts().stream()
              .filter(v -> v.get("entity").asText().equals("pump-4"))
              .map(v -> v.get("verdict").asText())
              .toList();
      assertThat(kinds).hasSize(50);
      assertThat(kinds).containsOnly("normal");
    }
  }

  /** Rows of which pump-4's are on another level. */
  private static void moved(ScoringBench bench, int from, int to) {
    for (int row = from; row < to; row++) {
      bench.row(row, row % 6 == 4 ? PlantRows.strange(row) : PlantRows.row(row));
    }
  }

  @Test
  void shouldCountWhatCannotBeRead() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.say("no JSON");
      bench.rows(0, 3);

      assertThat(bench.verdicts()).hasSize(3);
      assertThat(bench.meters.total("kelbo.refused.feedback")).isEqualTo(1);
      List<JsonNode> events = bench.json(ScoringBench.TOPICS.lifecycle());
      assertThat(events).extracting(e -> e.get("event").asText()).containsExactly("refused");
      assertThat(events.get(0).get("reason").asText())
          .contains("feedback of 'pump-1' cannot be read", "'kelbo feedback' writes it anew");
    }
  }

  @Test
  void shouldReadTheFeedbackThatWasWritten() throws Exception {
    Feedback word =
        new Feedback(
            ALARM,
            "pump-4",
            "default",
            Instant.parse("2026-11-22T08:00:00Z"),
            Said.CONFIRMED,
            Instant.parse("2026-11-22T07:00:00Z"),
            Map.of("motor.flow", 3.5, "valve", true, "mode", "day"),
            3,
            "ann",
            "bearing");

    assertThat(Feedback.read(word.write())).isEqualTo(word);
  }
}
