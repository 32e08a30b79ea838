package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several topics as one input. */
class InputTopicsTest {
  private static Model byKey;
  private static Model byPartition;

  @BeforeAll
  static void learn() {
    byKey = FirstModels.model(1);
    byPartition = FirstModels.model(1, "partition");
  }

  @ParameterizedTest
  @CsvSource({
    "plant\\.a.*, plant.a",
    "plant\\..*, plant.",
    "plants?, plant",
    "plant.x, plant",
    "a|b, ''",
    "(a|b)c, ''",
    ".*, ''",
    "a-b_[0-9]+, a-b_"
  })
  void shouldKnowHowAllThatAPatternMatchesBegins(String pattern, String prefix) {
    assertThat(InputTopics.matching(pattern).prefix()).isEqualTo(prefix);
  }

  @Test
  void shouldNeverTakeItsOwnTopicsForInput() {
    Topics topics = new Topics("kelbo", InputTopics.matching(".*"));

    List<String> inputs =
        topics.inputs(
            () ->
                Set.of(
                    "plant",
                    "kelbo.verdicts",
                    "kelbo.visitors",
                    "kelbo-score-entities-changelog",
                    "kelbo-train-window-changelog",
                    "__consumer_offsets"));

    assertThat(inputs).containsExactly("kelbo.visitors", "plant");
  }

  @Test
  void shouldRefuseNeitherNorBoth() {
    assertThatThrownBy(() -> new InputTopics(List.of(), null)).hasMessageContaining("one of both");
    assertThatThrownBy(() -> new InputTopics(List.of("a"), "b"))
        .hasMessageContaining("one of both");
  }

  @Test
  void shouldJudgeAnEntityByItsRecordsOfAllTopics() {
    try (ScoringBench bench =
        ScoringBench.watching(new InputTopics(List.of("a", "b"), null), byKey)) {
      for (int row = 0; row < 120; row++) {
        bench.sendTo(row / 6 % 2 == 0 ? "a" : "b", row, PlantRows.row(row));
      }

      List<JsonNode> verdicts = bench.verdicts();
      assertThat(verdicts).hasSize(120);
      assertThat(verdicts.get(0).get("id").asText()).isEqualTo("a/0/0");
      assertThat(verdicts.get(6).get("id").asText()).isEqualTo("b/0/0");
      assertThat(verdicts.get(119).get("id").asText()).isEqualTo("b/0/59");
      assertThat(verdicts.get(119).get("source").get("topic").asText()).isEqualTo("b");
      assertThat(bench.entities())
          .containsOnly("pump-0", "pump-1", "pump-2", "pump-3", "pump-4", "pump-5");
    }
  }

  @Test
  void shouldTellTheSamePartitionOfTwoTopicsApartWhereItIsTheEntity() {
    try (ScoringBench bench =
        ScoringBench.watching(InputTopics.matching("plant\\..*"), byPartition)) {
      bench.sendTo("plant.a", 0, PlantRows.row(0));
      bench.sendTo("plant.b", 1, PlantRows.row(1));

      assertThat(bench.verdicts())
          .extracting(verdict -> verdict.get("entity").asText())
          .containsExactly("plant.a/partition-0", "plant.b/partition-0");
    }
  }
}
