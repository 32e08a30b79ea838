package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Entities that stop sending, by the wall clock. Each pump sends every six seconds. */
class SilenceTest {
  private static Model model;

  @BeforeAll
  static void learn() {
    model = FirstModels.model(1);
  }

  /** Rows as fast as the wall clock goes. */
  private static void live(ScoringBench bench, int from, int to, int without) {
    for (int row = from; row < to; row++) {
      if (row % PlantRows.PUMPS != without) {
        bench.row(row, PlantRows.row(row));
      }
      bench.passWallTime(Duration.ofSeconds(1));
    }
  }

  private static List<JsonNode> of(List<JsonNode> verdicts, String kind) {
    return verdicts.stream().filter(v -> v.get("verdict").asText().equals(kind)).toList();
  }

  @Test
  void shouldTellASilenceOnceAndCloseItWhenTheEntitySendsAgain() {
    try (ScoringBench bench = new ScoringBench(model)) {
      live(bench, 0, 240, -1);
      assertThat(of(bench.anomalies(), "silent")).isEmpty();

      live(bench, 240, 420, 2);

      List<JsonNode> silent = of(bench.anomalies(), "silent");
      assertThat(silent).hasSize(1);
      JsonNode one = silent.get(0);
      assertThat(one.get("id").asText()).isEqualTo("silent/pump-2/plant.telemetry/0/236");
      assertThat(one.get("entity").asText()).isEqualTo("pump-2");
      assertThat(one.get("episode").get("state").asText()).isEqualTo("opened");
      assertThat(one.has("source")).isFalse();
      assertThat(one.get("reason").asText()).contains("the longest interval was PT6S");

      live(bench, 420, 440, -1);

      assertThat(bench.anomalies())
          .filteredOn(v -> v.path("episode").path("id").asText().equals(one.get("id").asText()))
          .extracting(v -> v.get("episode").get("state").asText())
          .containsExactly("closed");
    }
  }

  @Test
  void shouldTellASilenceWhenNothingComesAtAll() {
    try (ScoringBench bench = new ScoringBench(model)) {
      live(bench, 0, 240, -1);

      for (int second = 0; second < 120; second += 5) {
        bench.passWallTime(Duration.ofSeconds(5));
      }

      assertThat(of(bench.anomalies(), "silent"))
          .extracting(v -> v.get("entity").asText())
          .containsExactlyInAnyOrder("pump-0", "pump-1", "pump-2", "pump-3", "pump-4", "pump-5");
    }
  }

  @Test
  void shouldCallNobodySilentWhileABacklogIsRead() {
    try (ScoringBench bench = new ScoringBench(model)) {
      live(bench, 0, 240, -1);

      for (int row = 240; row < 1440; row++) {
        if (row % PlantRows.PUMPS != 2) {
          bench.row(row, PlantRows.row(row));
        }
        if (row % 60 == 0) {
          bench.passWallTime(Duration.ofSeconds(5)); // twelve times as fast as it was written
        }
      }

      assertThat(of(bench.anomalies(), "silent")).isEmpty();
    }
  }

  @Test
  void shouldForgetWhoHasSentNothingForLong() {
    try (ScoringBench bench = new ScoringBench(model)) {
      live(bench, 0, 12, -1);
      assertThat(bench.store(JudgeProcessor.ENTITIES).get("pump-3")).isNotNull();

      bench.passWallTime(Duration.ofDays(31));

      assertThat(bench.store(JudgeProcessor.ENTITIES).get("pump-3")).isNull();
      assertThat(bench.meters.total("kelbo.forgotten")).isEqualTo(6);
    }
  }
}
