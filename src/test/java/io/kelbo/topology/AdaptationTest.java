package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import io.kelbo.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both topologies in a loop over real servers: the workload of one is followed by that of another,
 * as after a replacement, and nothing may be locked out of learning.
 */
class AdaptationTest {
  private static final Logger LOG = LoggerFactory.getLogger(AdaptationTest.class);
  private static final int BEFORE = 4_000;
  private static final int AFTER = 4_000;

  /** What happened, by row of the series. */
  private static final class Story {
    final List<Integer> drifts = new ArrayList<>();
    final List<Integer> champions = new ArrayList<>();
    final boolean[] small = new boolean[BEFORE + AFTER];

    double rate(int from, int to) {
      int count = 0;
      for (int row = from; row < to; row++) {
        count += small[row] ? 1 : 0;
      }
      return (double) count / (to - from);
    }

    int firstAfter(List<Integer> rows, int row) {
      return rows.stream().filter(each -> each >= row).findFirst().orElse(Integer.MAX_VALUE);
    }
  }

  @Test
  void shouldTellTheDriftAndAdaptToAServerThatReplacesAnother() throws Exception {
    Path servers = RealSeries.DATA.resolve("nab").resolve("realAWSCloudwatch");
    assumeTrue(Files.isDirectory(servers), "the shared evaluation data is not here");
    RealSeries series =
        new RealSeries()
            .then(servers.resolve("ec2_cpu_utilization_53ea38.csv.gz"), BEFORE)
            .then(servers.resolve("ec2_cpu_utilization_5f5533.csv.gz"), AFTER);

    Story story = play(series);

    int drift = story.firstAfter(story.drifts, BEFORE);
    int champion = story.firstAfter(story.champions, BEFORE);
    assertThat(drift).isBetween(BEFORE + Lookout.BLOCK, BEFORE + 3 * Lookout.BLOCK);
    assertThat(champion).isLessThan(BEFORE + AFTER / 2);
    LOG.info(
        "drift told after {} records, champion after {}; p < .01 on {} before, {} until then, {} after, {} at the end; drifts at {}, champions at {}",
        drift - BEFORE,
        champion - BEFORE,
        story.rate(2_000, BEFORE),
        story.rate(BEFORE, champion),
        story.rate(champion, BEFORE + AFTER),
        story.rate(BEFORE + AFTER - 1_000, BEFORE + AFTER),
        story.drifts,
        story.champions);
    assertThat(story.rate(BEFORE + AFTER - 1_000, BEFORE + AFTER))
        .isLessThan(0.5 * story.rate(BEFORE, BEFORE + 500));
  }

  private static Story play(RealSeries series) throws Exception {
    Model first = series.firstModel(500, FirstModels.SETTINGS.budget());
    Duration window = Duration.ofDays(14);
    Story story = new Story();
    try (ScoringBench scoring =
            new ScoringBench(first, new ScoringSettings.Thinning(1, window, 20_000));
        TrainingBench training =
            new TrainingBench(
                first,
                Duration.ofDays(60),
                window,
                Trainer::train,
                Runnable::run,
                Duration.ofMinutes(30))) {
      for (int row = 500; row < series.size(); row++) {
        scoring.send(RealSeries.SERVER, series.row(row), RealSeries.time(row));
        if (row % 32 == 31 || row == series.size() - 1) {
          for (JsonNode verdict : scoring.verdicts()) {
            int at = (int) ((time(verdict) - RealSeries.time(0)) / RealSeries.STEP.toMillis());
            story.small[at] = verdict.path("p_value").asDouble(1) < 0.01;
          }
          training.send(scoring.out(ScoringBench.TOPICS.samples()));
          training.tell(scoring.out(ScoringBench.TOPICS.tallies()));
          training.attend();
          for (TestRecord<String, byte[]> model : training.out(ScoringBench.TOPICS.models())) {
            scoring.publish(model.key(), model.value());
          }
          for (JsonNode event : training.events()) {
            note(story, event, row);
          }
        }
      }
    }
    return story;
  }

  private static void note(Story story, JsonNode event, int row) {
    LOG.info("row {}: {}", row, event);
    switch (event.get("event").asText()) {
      case "drift" -> story.drifts.add(row);
      case "promoted" -> story.champions.add(row);
      default -> {}
    }
  }

  private static long time(JsonNode verdict) {
    return java.time.Instant.parse(verdict.get("time").asText()).toEpochMilli();
  }
}
