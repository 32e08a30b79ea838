package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training on demand, frozen models, and trainings that are given up. */
class ControlTest {
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
  void shouldTrainWhenAskedTo() {
    try (TrainingBench bench =
        new TrainingBench(champion, NEVER_BY_TIME, rejecting(), Runnable::run)) {
      bench.send(samples.subList(0, 20));
      bench.attend();
      assertThat(bench.events()).isEmpty();

      bench.ask(Control.Action.TRAIN);
      bench.attend();

      List<JsonNode> events = bench.events();
      assertThat(events).hasSize(1);
      assertThat(events.get(0).get("event").asText()).isEqualTo("rejected");
      assertThat(events.get(0).get("cause").asText()).isEqualTo("demand");
    }
  }

  @Test
  void shouldTrainOnlyWhenAskedToWhereNothingIsDueByItself() {
    try (ScoringBench scoring = new ScoringBench(champion);
        TrainingBench bench = new TrainingBench(champion, null, rejecting(), Runnable::run)) {
      bench.send(samples); // three times what the champion learned from
      for (int row = 1_200; row < 3_600; row++) {
        scoring.row(row, PlantRows.strange(row));
      }
      bench.tell(scoring.out(TOPICS.tallies()));
      bench.attend();
      assertThat(bench.events()).extracting(e -> e.get("event").asText()).containsExactly("drift");

      bench.ask(Control.Action.TRAIN);
      bench.attend();

      assertThat(bench.events())
          .extracting(e -> e.path("cause").asText())
          .containsExactly("demand");
    }
  }

  @Test
  void shouldSayWhyNothingIsTrainedWhenThereAreTooFewRecords() {
    try (TrainingBench bench =
        new TrainingBench(champion, NEVER_BY_TIME, rejecting(), Runnable::run)) {
      bench.ask(Control.Action.TRAIN);

      assertThat(bench.events().get(0).get("reason").asText())
          .contains("there are 0 records to learn from but 50 are needed", "ann: a test");
    }
  }

  @Test
  void shouldPublishAWinnerWithoutLettingItScoreWhileFrozen() {
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(10), Trainer::train, Runnable::run)) {
      bench.ask(Control.Action.FREEZE);
      bench.send(samples);
      bench.attend();

      assertThat(bench.out(TOPICS.models()))
          .extracting(TestRecord::key)
          .containsExactly("default/2");
      List<JsonNode> events = bench.events();
      assertThat(events)
          .extracting(e -> e.get("event").asText())
          .containsExactly("frozen", "trained");
      assertThat(events.get(1).get("reason").asText()).contains("'kelbo model promote' lets it");
    }
  }

  @Test
  void shouldPromoteAgainOnceUnfrozen() {
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(10), Trainer::train, Runnable::run)) {
      bench.ask(Control.Action.FREEZE);
      bench.ask(Control.Action.UNFREEZE);
      bench.send(samples);
      bench.attend();

      assertThat(bench.events())
          .extracting(e -> e.get("event").asText())
          .containsExactly("frozen", "unfrozen", "promoted");
    }
  }

  @Test
  void shouldStopATrainingThatTakesTooLong() {
    AtomicBoolean stopped = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    TrainingPlan.Training endless =
        (layout, runs, settings, lineage) -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException given) {
            stopped.set(true);
          }
          return new Outcome.Rejected("never", Map.of());
        };
    try (TrainingBench bench =
        new TrainingBench(
            champion,
            Duration.ofMinutes(10),
            endless,
            task -> {
              new Thread(task).start();
              await().atMost(Duration.ofSeconds(60)).until(() -> begun.getCount() == 0);
            },
            Duration.ZERO)) {
      bench.send(samples);
      bench.attend();

      List<JsonNode> events = bench.events();
      assertThat(events).hasSize(1);
      assertThat(events.get(0).get("event").asText()).isEqualTo("failed");
      assertThat(events.get(0).get("reason").asText()).contains("abandoned", "retrain.timeout");
      await().atMost(Duration.ofSeconds(60)).untilTrue(stopped);
    }
  }

  @Test
  void shouldStopInTheMiddleOfATraining() throws InterruptedException {
    AtomicBoolean given = new AtomicBoolean();
    Thread trainer =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              try {
                FirstModels.model(1);
              } catch (java.util.concurrent.CancellationException stopped) {
                given.set(true);
              }
            });

    trainer.start();
    trainer.join();

    assertThat(given).isTrue();
  }

  @Test
  void shouldGoOnAfterARequestThatCannotBeRead() {
    try (TrainingBench bench =
        new TrainingBench(champion, NEVER_BY_TIME, rejecting(), Runnable::run)) {
      bench.ask("{\"segment\": \"default\", \"action\": \"explode\"}");
      bench.ask(Control.Action.FREEZE);

      List<JsonNode> events = bench.events();
      assertThat(events)
          .extracting(e -> e.get("event").asText())
          .containsExactly("refused", "frozen");
      assertThat(events.get(0).get("reason").asText()).contains("'action' is 'explode'");
    }
  }

  @ParameterizedTest
  @EnumSource(Control.Action.class)
  void shouldComeBackFromBytes(Control.Action action) throws IOException {
    Control asked = new Control("default", action, FirstModels.START, "ann", null);

    assertThat(Control.read(asked.write())).isEqualTo(asked);
  }

  @Test
  void shouldReadAMarkerOfTheFirstFormatAndRefuseANewerOne() {
    byte[] first =
        ByteBuffer.allocate(29).put((byte) 1).putLong(5).putLong(-1).putLong(400).putInt(7).array();

    assertThat(Marker.read(first, 0))
        .isEqualTo(new Marker(5, -1, Marker.Cause.SCHEDULE, 400, 7, 0, false));
    assertThatThrownBy(() -> Marker.read(new byte[] {3, 0}, 0))
        .hasMessageContaining("format 3 but this Kelbo reads 1 to 2");
  }

  private static TrainingPlan.Training rejecting() {
    return (layout, runs, settings, lineage) -> new Outcome.Rejected("worse", Map.of());
  }
}
