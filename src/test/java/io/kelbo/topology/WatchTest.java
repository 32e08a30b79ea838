package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the trainer does about tallies: drift, and new champions that alarm too much. */
class WatchTest {
  private static final Topics TOPICS = ScoringBench.TOPICS;
  private static final Duration NEVER_BY_TIME = Duration.ofDays(300);

  private static Model champion;
  private static List<TestRecord<byte[], byte[]>> samples;
  private static List<TestRecord<byte[], byte[]>> steady;
  private static List<TestRecord<byte[], byte[]>> drifted;

  @BeforeAll
  static void scoreASteadyStreamAndOneThatDrifts() {
    champion = FirstModels.model(1);
    try (ScoringBench bench = new ScoringBench(champion)) {
      bench.rows(0, 2_400);
      samples = bench.out(TOPICS.samples());
      steady = bench.out(TOPICS.tallies());
      for (int row = 2_400; row < 4_800; row++) {
        bench.row(row, PlantRows.strange(row));
      }
      drifted = bench.out(TOPICS.tallies());
    }
  }

  @Test
  void shouldTallyEachScoredRecordButTheFirstOnce() throws IOException {
    long records = 0;
    for (TestRecord<byte[], byte[]> record : steady) {
      records += Tally.read(record.value()).records();
    }

    Tally first = Tally.read(steady.get(0).value());
    assertThat(first.records()).isEqualTo(Tallying.RECORDS);
    assertThat(first.version()).isEqualTo(1);
    assertThat(first.fits(champion.layout().fields())).isTrue();
    // The first of a task has no clock yet; what is not told yet is less than a tally.
    assertThat(records).isBetween(2_399L - Tallying.RECORDS, 2_399L);
  }

  @Test
  void shouldTellNoDriftOfASteadyStream() {
    try (TrainingBench bench =
        new TrainingBench(champion, NEVER_BY_TIME, rejecting(), Runnable::run)) {
      bench.tell(steady);

      assertThat(bench.events()).isEmpty();
    }
  }

  @Test
  void shouldTellDriftOnceAndTrainBecauseOfIt() {
    try (TrainingBench bench =
        new TrainingBench(champion, NEVER_BY_TIME, rejecting(), Runnable::run)) {
      bench.send(samples.subList(0, 20));
      bench.tell(steady);
      bench.tell(drifted);
      bench.attend();

      List<JsonNode> events = bench.events();
      assertThat(events)
          .extracting(e -> e.get("event").asText())
          .containsExactly("drift", "rejected");
      assertThat(events.get(0).get("reason").asText()).contains("'pressure': mean +");
      assertThat(events.get(0).get("version").asInt()).isEqualTo(1);
      assertThat(events.get(0).get("figures").get("mean.pressure").asDouble()).isGreaterThan(3);
      assertThat(events.get(1).get("cause").asText()).isEqualTo("drift");
      assertThat(bench.drift("pressure")).isGreaterThan(1);
      assertThat(bench.drift("(record)")).isGreaterThan(1);
    }
  }

  @Test
  void shouldTellDriftAgainOnceTheStreamHadComeBack() {
    try (TrainingBench bench =
        new TrainingBench(champion, NEVER_BY_TIME, rejecting(), Runnable::run)) {
      bench.tell(drifted);
      bench.tell(steady);
      bench.tell(drifted);

      assertThat(bench.events()).hasSize(2);
    }
  }

  @Test
  void shouldGoBackOnceFromAChampionThatAlarmsTooMuch() throws IOException {
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(10), Trainer::train, Runnable::run)) {
      bench.send(samples);
      bench.tell(steady);
      bench.attend();
      assertThat(bench.out(TOPICS.models())).extracting(TestRecord::key).contains("default/2");
      bench.events();

      bench.tell(alarming(2, 20));
      bench.tell(alarming(2, 20));
      bench.tell(alarming(1, 20));

      List<TestRecord<String, byte[]>> choices = bench.out(TOPICS.models());
      assertThat(choices).hasSize(1);
      assertThat(Champion.read(choices.get(0).value()).version()).isEqualTo(1);
      List<JsonNode> events = bench.events();
      assertThat(events).hasSize(1);
      assertThat(events.get(0).get("event").asText()).isEqualTo("rolled_back");
      assertThat(events.get(0).get("reason").asText()).contains("version 2 opened 20 episodes");
      assertThat(events.get(0).get("figures").get("times_budget").asDouble()).isGreaterThan(100);
    }
  }

  @Test
  void shouldNotGoBackFromAChampionThatAPersonChose() {
    try (TrainingBench bench =
        new TrainingBench(champion, NEVER_BY_TIME, rejecting(), Runnable::run)) {
      bench.tell(alarming(1, 20));

      assertThat(bench.events()).isEmpty();
      assertThat(bench.out(TOPICS.models())).isEmpty();
    }
  }

  @Test
  void shouldComeBackFromBytesAsItWas() {
    Lookout lookout = Lookout.NOTHING.add(alarming(1, 3), champion, true).lookout();

    assertThat(LookoutForm.read(LookoutForm.write(lookout))).isEqualTo(lookout);
  }

  private static Tally alarming(int version, long opened) {
    List<Tally.Field> fields = new ArrayList<>();
    champion
        .layout()
        .fields()
        .list()
        .forEach(field -> fields.add(new Tally.Field(field.name(), 0, 0, 128)));
    long time = FirstModels.START.toEpochMilli();
    return new Tally("default", version, "0_0", time, time + 100_000, 128, opened, 1, 0, fields);
  }

  private static TrainingPlan.Training rejecting() {
    return (layout, runs, settings, lineage) -> new Outcome.Rejected("worse", Map.of());
  }
}
