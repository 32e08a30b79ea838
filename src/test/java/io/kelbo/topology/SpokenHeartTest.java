package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.context.Said;
import io.kelbo.model.Model;
import io.kelbo.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feedback on a real series, through both topologies: an electrocardiogram with an odd beat now and
 * then (labelled by cardiologists), of which somebody says after one alarm what it was.
 */
class SpokenHeartTest {
  private static final Logger LOG = LoggerFactory.getLogger(SpokenHeartTest.class);
  private static final int LEARNED = 1_100; // before the first odd beat
  private static final int ROWS = 17_600;
  private static final int NEAR = 20; // rows that a label may be off
  private static final int SPOKEN = 5_300; // after the third

  /** Of the odd beats after the training that followed the word: all, and those that alarmed. */
  private record Beats(int all, int alarmed) {}

  @Test
  void shouldStopAlarmingOfWhatWasCalledAFalseAlarmAndGoOnWhereItWasConfirmed() throws Exception {
    Path file = RealSeries.DATA.resolve("ecg").resolve("MBA_ECG805.csv.gz");
    assumeTrue(Files.isRegularFile(file), "the shared evaluation data is not here");
    RealSeries series = new RealSeries().then(file, ROWS);
    Model first = series.firstModel(LEARNED, FirstModels.SETTINGS.budget());

    Beats silent = play(series, first, null);
    Beats welcome = play(series, first, Said.FALSE_ALARM);
    Beats confirmed = play(series, first, Said.CONFIRMED);

    LOG.info("nothing said: {}; false alarm: {}; confirmed: {}", silent, welcome, confirmed);
    assertThat(silent).isEqualTo(new Beats(4, 4));
    assertThat(welcome.alarmed()).isLessThanOrEqualTo(1);
    assertThat(confirmed).isEqualTo(new Beats(4, 4));
  }

  private static Beats play(RealSeries series, Model first, @Nullable Said said) {
    Duration window = Duration.ofDays(400);
    Map<Integer, JsonNode> verdicts = new HashMap<>();
    List<Integer> trained = new ArrayList<>();
    try (ScoringBench scoring =
            new ScoringBench(first, new ScoringSettings.Thinning(1, window, 20_000));
        TrainingBench training =
            new TrainingBench(
                first, null, window, Trainer::train, Runnable::run, Duration.ofMinutes(30))) {
      for (int row = LEARNED; row < series.size(); row++) {
        scoring.send(RealSeries.SERVER, series.row(row), RealSeries.time(row));
        if (row % 32 == 31 || row == series.size() - 1) {
          for (JsonNode verdict : scoring.verdicts()) {
            verdicts.put(LEARNED + verdict.at("/source/offset").asInt(), verdict);
          }
          training.send(scoring.out(ScoringBench.TOPICS.samples()));
          training.tell(scoring.out(ScoringBench.TOPICS.tallies()));
          if (row / 32 == SPOKEN / 32) {
            if (said != null) {
              Feedback word = word(alarm(series, verdicts), said);
              scoring.say(word);
              training.say(word);
            }
          }
          if (row / 32 == SPOKEN / 32 + 2) {
            training.ask(Control.Action.TRAIN);
          }
          training.attend();
          for (TestRecord<String, byte[]> model : training.out(ScoringBench.TOPICS.models())) {
            scoring.publish(model.key(), model.value());
          }
          for (JsonNode event : training.events()) {
            if (row >= SPOKEN && event.path("cause").asText().equals("demand")) {
              trained.add(row);
            }
          }
        }
      }
    }
    return beats(series, verdicts, trained.get(0));
  }

  private static Beats beats(RealSeries series, Map<Integer, JsonNode> verdicts, int from) {
    int all = 0;
    int alarmed = 0;
    for (int[] beat : series.strange()) {
      if (beat[0] > from) {
        all++;
        alarmed += alarms(verdicts, beat) ? 1 : 0;
      }
    }
    return new Beats(all, alarmed);
  }

  private static boolean alarms(Map<Integer, JsonNode> verdicts, int[] beat) {
    for (int row = beat[0] - NEAR; row <= beat[1] + NEAR; row++) {
      JsonNode verdict = verdicts.get(row);
      if (verdict != null && verdict.path("verdict").asText().equals("anomaly")) {
        return true;
      }
    }
    return false;
  }

  /** The newest that was opened in an odd beat. */
  private static JsonNode alarm(RealSeries series, Map<Integer, JsonNode> verdicts) {
    JsonNode alarm = null;
    for (int[] beat : series.strange()) {
      for (int row = beat[0] - NEAR; row <= beat[1] + NEAR; row++) {
        JsonNode verdict = verdicts.get(row);
        boolean opened = verdict != null && verdict.at("/episode/state").asText().equals("opened");
        alarm = opened ? verdict : alarm;
      }
    }
    assertThat(alarm).as("an alarm in an odd beat").isNotNull();
    return alarm;
  }

  private static Feedback word(JsonNode alarm, Said said) {
    Map<String, Object> observation = new HashMap<>();
    alarm
        .get("fields")
        .forEach(f -> observation.put(f.get("name").asText(), f.get("value").asDouble()));
    return new Feedback(
        alarm.get("id").asText(),
        "server",
        "default",
        Instant.parse("2026-11-22T09:00:00Z"),
        said,
        Instant.parse(alarm.get("time").asText()),
        observation,
        alarm.at("/model/version").asInt(),
        "ann",
        null);
  }
}
