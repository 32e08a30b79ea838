package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.Said;
import io.kelbo.model.Model;
import io.kelbo.record.Run;
import io.kelbo.train.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people say of alarms reaches what is learned from. */
class LessonsTest {
  private static final String PUMP = PlantRows.key(604);

  private static Model champion;
  private static List<TestRecord<byte[], byte[]>> samples;

  /** The flagged records that 10 strange ones in a row of one pump of six led to, by offset. */
  private static final List<Long> ALARM = new ArrayList<>();

  @BeforeAll
  static void learnAndSample() throws IOException {
    champion = FirstModels.model(1);
    try (ScoringBench bench = new ScoringBench(champion)) {
      for (int row = 0; row < 1_200; row++) {
        boolean strange = row >= 604 && row < 664 && PlantRows.key(row).equals(PUMP);
        bench.row(row, strange ? PlantRows.strange(row) : PlantRows.row(row));
      }
      samples = bench.out(ScoringBench.TOPICS.samples());
    }
    for (TestRecord<byte[], byte[]> record : samples) {
      Run run = Sample.read(record.value()).run();
      run.moments().stream()
          .filter(moment -> moment.flagged() && run.entity().equals(PUMP))
          .map(moment -> moment.source().offset())
          .filter(offset -> offset >= 604 && offset < 604 + 6 * 40)
          .forEach(ALARM::add);
    }
  }

  @Test
  void shouldHoldTheAlarmAsFlaggedWhileNobodySpoke() {
    List<Run> learned = learned();

    assertThat(moments(learned, ALARM)).hasSizeGreaterThan(9).allMatch(Run.Moment::flagged);
  }

  @Test
  void shouldNotLearnFromWhatWasConfirmed() {
    int before = records(learned());

    List<Run> learned = learned(Said.CONFIRMED);

    assertThat(moments(learned, ALARM)).isEmpty();
    assertThat(records(learned)).isEqualTo(before - ALARM.size());
  }

  @Test
  void shouldLearnThreeTimesFromAFalseAlarmBehindWhatCameBefore() {
    int before = records(learned());

    List<Run> learned = learned(Said.FALSE_ALARM);

    assertThat(moments(learned, ALARM))
        .hasSize(ALARM.size() * Lessons.WEIGHT)
        .noneMatch(Run.Moment::flagged);
    int lasted = (int) (ALARM.get(ALARM.size() - 1) - ALARM.get(0)) / PlantRows.PUMPS + 1;
    assertThat(records(learned)).isEqualTo(before + 2 * (16 + lasted));
  }

  @Test
  void shouldGoByTheNewestWord() {
    List<Run> learned = learned(Said.FALSE_ALARM, Said.CONFIRMED);

    assertThat(moments(learned, ALARM)).isEmpty();
  }

  @Test
  void shouldRepeatATenthOfTheSampleAtMost() {
    int before = records(learned(samples.subList(0, 24)));

    List<Run> learned = learned(samples.subList(0, 24), Said.FALSE_ALARM);

    assertThat(records(learned)).isGreaterThan(before).isLessThanOrEqualTo((int) (1.1 * before));
  }

  @Test
  void shouldLeaveOtherPumpsAlone() {
    List<List<Long>> before = others(learned());

    List<List<Long>> learned = others(learned(Said.CONFIRMED));

    assertThat(learned).isEqualTo(before);
  }

  private static List<Run> learned(Said... words) {
    return learned(samples, words);
  }

  private static List<Run> learned(List<TestRecord<byte[], byte[]>> of, Said... words) {
    List<Run> seen = new ArrayList<>();
    TrainingPlan.Training remembering =
        (layout, runs, settings, lineage) -> {
          seen.addAll(runs);
          return new Outcome.Rejected("worse", Map.of());
        };
    try (TrainingBench bench =
        new TrainingBench(champion, Duration.ofMinutes(1), remembering, Runnable::run)) {
      for (int i = 0; i < words.length; i++) {
        bench.say(word(words[i], i));
      }
      bench.send(of);
      bench.attend();
    }
    return seen;
  }

  private static Feedback word(Said said, int second) {
    return new Feedback(
        "plant.telemetry/0/" + ALARM.get(0),
        PUMP,
        "default",
        FirstModels.START.plusSeconds(second),
        said,
        FirstModels.START,
        Map.of("pressure", 13.0),
        1,
        "ann",
        null);
  }

  /** The offsets of each run of another pump. */
  private static List<List<Long>> others(List<Run> runs) {
    return runs.stream()
        .filter(run -> !run.entity().equals(PUMP))
        .map(run -> run.moments().stream().map(moment -> moment.source().offset()).toList())
        .toList();
  }

  private static int records(List<Run> runs) {
    return runs.stream().mapToInt(run -> run.moments().size()).sum();
  }

  private static List<Run.Moment> moments(List<Run> runs, List<Long> offsets) {
    return runs.stream()
        .flatMap(run -> run.moments().stream())
        .filter(moment -> offsets.contains(moment.source().offset()))
        .toList();
  }
}
