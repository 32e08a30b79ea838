package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Run;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From samples to models, and when. */
class TrainingTopologyTest {
  private static final Topics TOPICS = ScoringBench.TOPICS;
  private static final Duration NEVER_BY_TIME = Duration.ofDays(300);

  private static Model champion;
  private static List<TestRecord<byte[], byte[]>> samples;

  @BeforeAll
  static void learnAndSample() {
    champion = FirstModels.model(1);
    try (ScoringBench bench = new ScoringBench(champion)) {
      bench.rows(0, 1_200);
      samples = bench.out(TOPICS.samples());
    }
  }

  @Test
  void shouldPublishAChallengerThatWins() {
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(10), Trainer::train, Runnable::run)) {
      bench.send(samples);
      bench.attend();

      List<TestRecord<String, byte[]>> models = bench.out(TOPICS.models());
      assertThat(models).extracting(TestRecord::key).containsExactly("default/2", "default");
      JsonNode event = ScoringBench.json(bench.out(TOPICS.lifecycle()).get(0).value());
      assertThat(event.get("event").asText()).isEqualTo("promoted");
      assertThat(event.get("version").asInt()).isEqualTo(2);
    }
  }

  @Test
  void shouldPublishNothingWhenTheCandidateIsWorse() {
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(10), rejecting(), Runnable::run)) {
      bench.send(samples);
      bench.attend();
      bench.attend();

      assertThat(bench.out(TOPICS.models())).isEmpty();
      List<TestRecord<String, byte[]>> events = bench.out(TOPICS.lifecycle());
      assertThat(events).hasSize(1);
      JsonNode event = ScoringBench.json(events.get(0).value());
      assertThat(event.get("event").asText()).isEqualTo("rejected");
      assertThat(event.get("reason").asText()).isEqualTo("worse");
    }
  }

  @Test
  void shouldKeepTheChampionWhenTrainingFails() {
    TrainingPlan.Training failing =
        (layout, runs, settings, lineage) -> {
          throw new IllegalStateException("diverged");
        };
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(10), failing, Runnable::run)) {
      bench.send(samples);
      bench.attend();

      assertThat(bench.out(TOPICS.models())).isEmpty();
      JsonNode event = ScoringBench.json(bench.out(TOPICS.lifecycle()).get(0).value());
      assertThat(event.get("event").asText()).isEqualTo("failed");
      assertThat(event.get("reason").asText()).contains("diverged");
    }
  }

  @Test
  void shouldTrainEarlyOnceTheSampleHasDoubled() {
    try (TrainingBench bench =
        new TrainingBench(champion, NEVER_BY_TIME, rejecting(), Runnable::run)) {
      bench.send(samples.subList(0, 24));
      bench.attend();
      assertThat(bench.out(TOPICS.lifecycle())).isEmpty();

      bench.send(samples.subList(24, 25));
      bench.attend();

      // 25 samples of 32 are 800 records; the champion learned from 400.
      assertThat(bench.out(TOPICS.lifecycle())).hasSize(1);
    }
  }

  @Test
  void shouldNotTrainOnTheFewRecordsOfThePartitionThatIsAhead() {
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(1), rejecting(), Runnable::run)) {
      // 6 samples of 32 are 192 records, hours after the champion learned from 400.
      bench.send(later(samples.subList(0, 6), Duration.ofHours(3)));
      bench.attend();
      assertThat(bench.out(TOPICS.lifecycle())).isEmpty();

      bench.send(later(samples.subList(6, 7), Duration.ofHours(3)));
      bench.attend();

      assertThat(bench.out(TOPICS.lifecycle())).hasSize(1);
    }
  }

  @Test
  void shouldNotUndoARollbackThatCameWhileItTrained() {
    Queue<Runnable> waiting = new ArrayDeque<>();
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(1), Trainer::train, waiting::add)) {
      bench.send(samples);
      bench.attend();
      bench.publish(FirstModels.model(7));

      waiting.remove().run();
      bench.attend();

      assertThat(bench.out(TOPICS.models())).isEmpty();
      JsonNode event = ScoringBench.json(bench.out(TOPICS.lifecycle()).get(0).value());
      assertThat(event.get("event").asText()).isEqualTo("rejected");
      assertThat(event.get("reason").asText()).contains("another champion was chosen");
    }
  }

  @Test
  void shouldNeverTrainTwoAtOnce() {
    Queue<Runnable> waiting = new ArrayDeque<>();
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(1), rejecting(), waiting::add)) {
      bench.send(samples);
      bench.attend();
      bench.attend();
      assertThat(waiting).hasSize(1);

      waiting.remove().run();
      bench.attend();

      assertThat(bench.out(TOPICS.lifecycle())).hasSize(1);
    }
  }

  @Test
  void shouldTrainOnTheSameRunsInWhateverOrderTheSamplesCame() {
    List<TestRecord<byte[], byte[]>> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(5));

    assertThat(learnedFrom(shuffled)).isEqualTo(learnedFrom(samples));
  }

  @Test
  void shouldForgetWhatIsOlderThanTheWindow() {
    List<List<Run>> seen = new ArrayList<>();
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(1), remembering(seen), Runnable::run)) {
      bench.send(samples.subList(0, 6));
      bench.send(later(samples.subList(29, 36), Duration.ofHours(30)));
      bench.attend();

      assertThat(seen.get(0).stream().mapToInt(run -> run.moments().size()).sum())
          .isEqualTo(7 * 32);
    }
  }

  @Test
  void shouldJoinNeighbouringPiecesOfARun() {
    List<List<Run>> seen = new ArrayList<>();
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(1), remembering(seen), Runnable::run)) {
      bench.send(samples.subList(0, 12));
      bench.attend();

      assertThat(seen.get(0)).hasSize(PlantRows.PUMPS);
      assertThat(seen.get(0)).allSatisfy(run -> assertThat(run.moments()).hasSize(64));
    }
  }

  @Test
  void shouldTombstoneAllButTheTwentyNewestModels() {
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(10), Trainer::train, Runnable::run)) {
      for (int version = 2; version <= 22; version++) {
        bench.publish(FirstModels.model(version));
      }
      bench.send(samples);
      bench.attend();

      assertThat(bench.out(TOPICS.models()))
          .extracting(TestRecord::key, record -> record.value() == null)
          .contains(tuple("default/23", false), tuple("default/1", true), tuple("default/3", true))
          .hasSize(5);
    }
  }

  private static List<List<Long>> learnedFrom(List<TestRecord<byte[], byte[]>> order) {
    List<List<Run>> seen = new ArrayList<>();
    try (TrainingBench bench =
        new TrainingBench(champion, NEVER_BY_TIME, remembering(seen), Runnable::run)) {
      bench.send(order);
      bench.attend();
    }
    return seen.get(0).stream()
        .map(run -> run.moments().stream().map(m -> m.source().offset()).toList())
        .toList();
  }

  private static List<TestRecord<byte[], byte[]>> later(
      List<TestRecord<byte[], byte[]>> records, Duration by) {
    return records.stream()
        .map(r -> new TestRecord<>(r.key(), r.value(), r.headers(), r.timestamp() + by.toMillis()))
        .toList();
  }

  private static TrainingPlan.Training rejecting() {
    return (layout, runs, settings, lineage) -> new Outcome.Rejected("worse", Map.of());
  }

  private static TrainingPlan.Training remembering(List<List<Run>> seen) {
    return (InputLayout layout, List<Run> runs, TrainingSettings settings, Lineage lineage) -> {
      seen.add(List.copyOf(runs));
      return new Outcome.Rejected("worse", Map.of());
    };
  }
}
