package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.format.Formats;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.record.Declared;
import io.kelbo.record.Field;
import io.kelbo.train.Trainer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A model for each value of a field, through both topologies: in pumps the flow follows the
 * pressure, in fans it goes against it, so that the usual of one is strange of the other.
 */
class SegmentsTest {
  private static final Declared BY_KIND =
      new Declared(List.of(), Set.of(), null, null, "machine.kind");
  private static final int LEARNED = 400;

  private static Model shared;

  @BeforeAll
  static void learnFromAll() {
    List<String> rows = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < LEARNED; row++) {
      rows.add(usual(row));
      keys.add(key(row));
    }
    shared = FirstModels.of(rows, keys, BY_KIND);
  }

  @Test
  void shouldNotLearnFromTheFieldThatTellsSegmentsApart() {
    assertThat(shared.layout().fields().list())
        .extracting(Field::name)
        .containsExactly("pressure", "flow");
  }

  @Test
  void shouldJudgeEachSegmentByItsOwnModelOnceThereIsOne() {
    try (ScoringBench scoring = scoring();
        TrainingBench training = training()) {
      send(scoring, 1_000, key(1_000), against("pump"));
      assertThat(scoring.verdicts().get(0).at("/model/segment").asText()).isEqualTo("default");

      List<String> published = learn(scoring, training);

      assertThat(published).containsExactlyInAnyOrder("fan", "fan/1", "pump", "pump/1");
      List<JsonNode> events = training.events();
      assertThat(events)
          .extracting(e -> e.get("event").asText() + " because " + e.get("cause").asText())
          .containsExactly("promoted because first", "promoted because first");
      // As of each of them alone: a pump that behaves like a fan, and the same values in a fan.
      assertThat(verdict(scoring, 3_000, "pump")).isEqualTo("anomaly by pump/1");
      assertThat(verdict(scoring, 3_003, "fan")).isEqualTo("normal by fan/1");
    }
  }

  @Test
  void shouldJudgeARecordOfNoSegmentByTheSharedModel() {
    try (ScoringBench scoring = scoring();
        TrainingBench training = training()) {
      learn(scoring, training);
      scoring.verdicts();

      send(scoring, 3_000, "m-9", "{\"pressure\": 1.0, \"flow\": 2.0}");

      assertThat(scoring.verdicts().get(0).at("/model/segment").asText()).isEqualTo("default");
    }
  }

  @Test
  void shouldBeginASegmentsOwnModelAfresh() {
    ModelId pump = new ModelId("pump", 1);

    assertThat(pump.mark()).isNotEqualTo(new ModelId("default", 1).mark());
    assertThat(pump.mark()).isNotEqualTo(new ModelId("fan", 1).mark());
    assertThat(new ModelId("default", 7).mark()).isEqualTo(7);
  }

  @Test
  void shouldTakeInThirtyTwoSegmentsAndSayOnceThatThereAreMore() {
    try (ScoringBench scoring = scoring()) {
      for (int row = 0; row < 40 * 40; row++) {
        int machine = row % 40;
        send(
            scoring,
            row,
            "m-" + machine,
            "{\"machine\": {\"kind\": %d}, \"pressure\": 1, \"flow\": 2}".formatted(machine));
      }

      assertThat(scoring.verdicts()).hasSize(1_600);
      assertThat(scoring.out(ScoringBench.TOPICS.samples()))
          .extracting(sample -> new String(sample.key(), StandardCharsets.UTF_8))
          .hasSize(40)
          .contains("0", "31", "default")
          .doesNotContain("32");
      List<JsonNode> events = scoring.json(ScoringBench.TOPICS.lifecycle());
      assertThat(events).hasSize(1);
      assertThat(events.get(0).get("event").asText()).isEqualTo("refused");
      assertThat(events.get(0).get("reason").asText())
          .contains("'32' is a segment beyond the 32 there may be");
    }
  }

  @Test
  void shouldGiveEachValueANameOfItsOwn() {
    Segments segments = new Segments("machine.kind", Set.of(), new Refusals());

    assertThat(segments.of(Map.of("machine.kind", 3.0))).isEqualTo("3");
    assertThat(segments.of(Map.of("machine.kind", true))).isEqualTo("true");
    assertThat(segments.of(Map.of())).isEqualTo("default");
    assertThat(segments.of(Map.of("machine.kind", "a/1"))).matches("a_1-[0-9a-f]+");
    assertThat(segments.of(Map.of("machine.kind", "a/1")))
        .isNotEqualTo(segments.of(Map.of("machine.kind", "a 1")));
    assertThat(segments.of(Map.of("machine.kind", "x".repeat(5_000)))).hasSizeLessThan(65);
    assertThat(new Segments(null, Set.of(), new Refusals()).of(Map.of("machine.kind", "pump")))
        .isEqualTo("default");
  }

  /** Streams until both have learned; returns the keys of what was published. */
  private static List<String> learn(ScoringBench scoring, TrainingBench training) {
    List<String> published = new ArrayList<>();
    for (int row = LEARNED; row < 2_000; row++) {
      send(scoring, row, key(row), usual(row));
    }
    training.send(scoring.out(ScoringBench.TOPICS.samples()));
    training.attend();
    training.attend();
    for (TestRecord<String, byte[]> model : training.out(ScoringBench.TOPICS.models())) {
      published.add(model.key());
      scoring.publish(model.key(), model.value());
    }
    for (int row = 2_000; row < 2_996; row++) {
      send(scoring, row, key(row), usual(row));
    }
    scoring.verdicts();
    return published;
  }

  private static String verdict(ScoringBench scoring, int row, String kind) {
    send(scoring, row, key(row), against(kind));
    JsonNode verdict = scoring.verdicts().get(0);
    return "%s by %s/%d"
        .formatted(
            verdict.get("verdict").asText(),
            verdict.at("/model/segment").asText(),
            verdict.at("/model/version").asInt());
  }

  private static ScoringBench scoring() {
    return new ScoringBench(shared, ScoringBench.A_DAY, Formats.json(), BY_KIND);
  }

  private static TrainingBench training() {
    return new TrainingBench(shared, Duration.ofDays(300), Trainer::train, Runnable::run);
  }

  private static void send(ScoringBench scoring, int row, String key, String value) {
    scoring.send(
        FirstModels.bytes(key),
        FirstModels.bytes(value),
        FirstModels.START.plusSeconds(row).toEpochMilli());
  }

  /** Six machines take turns: three pumps, three fans. */
  private static String key(int row) {
    return "m-" + row % 6;
  }

  private static String usual(int row) {
    Random random = new Random(7919L * row + 17);
    boolean pump = row % 6 < 3;
    double pressure = random.nextGaussian();
    double flow = (pump ? 2 : -2) * pressure + 0.1 * random.nextGaussian();
    return json(pump ? "pump" : "fan", pressure, flow);
  }

  /** What is usual of fans. */
  private static String against(String kind) {
    return json(kind, 2, -4);
  }

  private static String json(String kind, double pressure, double flow) {
    return String.format(
        Locale.ROOT,
        "{\"machine\": {\"kind\": \"%s\"}, \"pressure\": %.4f, \"flow\": %.4f}",
        kind,
        pressure,
        flow);
  }
}
