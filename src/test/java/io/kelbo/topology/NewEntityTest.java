package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import io.kelbo.record.Declared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An entity that nothing was learned from, and its first record: judged by what the model learned
 * of the others. The figures of docs/alarms.md are made here.
 */
class NewEntityTest {
  private static final int LEARNED = 2_000;
  private static final int MACHINES = 300;

  private static Model pumps;

  @BeforeAll
  static void learnFromOthers() {
    pumps = FirstModels.model(1);
  }

  @Test
  void shouldJudgeTheFirstRecordOfAnEntityAndFlagNoMoreThanTheBudgetAllows() {
    try (ScoringBench bench = new ScoringBench(pumps)) {
      bench.rows(400, 1_000);

      List<JsonNode> verdicts = first(bench, 1_000, 1_000, PlantRows::row);

      assertThat(verdicts).hasSize(1_000);
      assertThat(verdicts).allMatch(v -> v.get("p_value").isNumber());
      assertThat(verdicts).extracting(v -> v.get("verdict").asText()).containsOnly("normal");
      // A twentieth of right records may have such p-values: 50, and 3 deviations of 7 more.
      assertThat(verdicts).filteredOn(v -> v.get("p_value").asDouble() < 0.05).hasSizeLessThan(71);
    }
  }

  @Test
  void shouldFlagAFirstRecordThatFitsNoEntity() {
    try (ScoringBench bench = new ScoringBench(pumps)) {
      List<JsonNode> verdicts = first(bench, 3_000, 100, PlantRows::strange);

      assertThat(verdicts).extracting(v -> v.get("verdict").asText()).containsOnly("anomaly");
      assertThat(verdicts).allMatch(v -> v.at("/fields/0/name").asText().equals("pressure"));
      assertThat(verdicts).allMatch(v -> v.at("/episode/state").asText().equals("opened"));
    }
  }

  @Test
  void shouldTakeNewMachinesAtTheirOwnLevelsForUsualOnceItKnowsTwenty() {
    try (ScoringBench bench = new ScoringBench(of(20))) {
      assertThat(flagged(bench, 10_000, 0)).isZero();
      assertThat(flagged(bench, 11_000, 1)).isZero();
      // A record alone cannot tell a level that is rare from a fault: 2 deviations are both.
      assertThat(flagged(bench, 12_000, 2)).isBetween(100L, 170L);
      assertThat(flagged(bench, 13_000, 4)).isEqualTo(MACHINES);
      assertThat(next(bench, 10_000)).isLessThan(40 * MACHINES / 100);
    }
  }

  @Test
  void shouldFlagFewNewMachinesAtOnceThoughItKnowsSixLevelsOnly() {
    try (ScoringBench bench = new ScoringBench(of(6))) {
      assertThat(flagged(bench, 10_000, 0)).isLessThan(MACHINES / 20);
      assertThat(flagged(bench, 13_000, 4)).isEqualTo(MACHINES);
    }
  }

  /** How many of 300 new machines are flagged at once, their pressure off by so much. */
  private static long flagged(ScoringBench bench, int from, double off) {
    return flagged(first(bench, from, MACHINES, row -> machine(row, row, off)));
  }

  /** How many of the next 40 records of each are flagged. */
  private static long next(ScoringBench bench, int from) {
    long flagged = 0;
    for (int turn = 1; turn <= 40; turn++) {
      int later = 10_000 * turn;
      flagged += flagged(first(bench, from, MACHINES, row -> machine(row, row + later, 0)));
    }
    return flagged;
  }

  private static long flagged(List<JsonNode> verdicts) {
    return verdicts.stream().filter(v -> v.get("verdict").asText().equals("anomaly")).count();
  }

  /** A record each of so many entities. */
  private static List<JsonNode> first(
      ScoringBench bench, int from, int many, IntFunction<String> rows) {
    bench.verdicts();
    for (int row = from; row < from + many; row++) {
      bench.send(
          FirstModels.bytes("new-" + row),
          FirstModels.bytes(rows.apply(row)),
          FirstModels.START.plusSeconds(row).toEpochMilli());
    }
    return bench.verdicts();
  }

  private static Model of(int known) {
    List<String> rows = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < LEARNED; row++) {
      rows.add(machine(row % known, row, 0));
      keys.add("m-" + row % known);
    }
    return FirstModels.of(rows, keys, Declared.nothing());
  }

  /** Levels of machines have a deviation of 1, what moves one of them 0.2 to 0.5. */
  private static String machine(int machine, int row, double off) {
    SplittableRandom own = new SplittableRandom(machine);
    SplittableRandom noise = new SplittableRandom(1_000_000_007L * (row + 1));
    double level = own.nextGaussian();
    double other = own.nextGaussian();
    double load = noise.nextGaussian();
    return String.format(
        Locale.ROOT,
        "{\"pressure\": %.4f, \"flow\": %.4f, \"heat\": %.4f}",
        level + 0.2 * load + 0.05 * noise.nextGaussian() + off,
        other + 0.3 * load + 0.05 * noise.nextGaussian(),
        level + 0.5 * load + 0.05 * noise.nextGaussian());
  }
}
