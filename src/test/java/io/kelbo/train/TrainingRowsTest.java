package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.Recent;
import io.kelbo.record.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class TrainingRowsTest {
  private static List<Run> flagged(int rows, IntPredicate flagged) {
    Random random = new Random(1);
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      moments.add(Sampled.moment(Sampled.straight(random), i, 0, i, flagged.test(i)));
    }
    return List.of(new Run("e", moments));
  }

  private static Set<Long> offsets(TrainingRows rows) {
    Set<Long> offsets = new HashSet<>();
    rows.moments().forEach(m -> offsets.add(m.source().offset()));
    return offsets;
  }

  @Test
  void shouldLeaveOutFlaggedRecords() {
    TrainingRows rows =
        TrainingRows.of(Sampled.FIELDS, flagged(150, i -> i % 20 == 0)).withFullContext();

    assertThat(rows.moments()).noneMatch(Run.Moment::flagged);
    assertThat(rows.size()).isEqualTo(150 - 8);
  }

  @Test
  void shouldLeaveOutATenthAtMostAndTheNewestOfThem() {
    TrainingRows rows =
        TrainingRows.of(Sampled.FIELDS, flagged(150, i -> i >= 60)).withFullContext();

    assertThat(rows.size()).isEqualTo(135);
    assertThat(offsets(rows)).contains(134L).doesNotContain(135L, 149L);
  }

  @Test
  void shouldLeaveOutRecordsWithoutAnyValueButRememberTheSilence() {
    List<Run.Moment> moments = new ArrayList<>();
    double[] nothing = new double[Sampled.D];
    Arrays.fill(nothing, Double.NaN);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      double[] x = i % 10 == 9 ? nothing : Sampled.straight(random);
      moments.add(Sampled.moment(x, i, 0, i, false));
    }

    TrainingRows rows =
        TrainingRows.of(Sampled.FIELDS, List.of(new Run("e", moments))).withFullContext();

    assertThat(rows.size()).isEqualTo(90);
    assertThat(rows.misses().get(80)[0]).isPositive();
  }

  @Test
  void shouldLearnFromFullWindowsWhereThereAreEnough() {
    TrainingRows many = TrainingRows.of(Sampled.FIELDS, flagged(400, i -> false)).withFullContext();
    TrainingRows few = TrainingRows.of(Sampled.FIELDS, flagged(150, i -> false)).withFullContext();

    assertThat(many.depths()).containsOnly(Recent.WINDOW);
    assertThat(many.size()).isEqualTo(400 - 15);
    assertThat(few.size()).isEqualTo(150);
    Recent recent = new Recent(Sampled.D);
    many.surroundings(3, recent);
    assertThat(recent.means).containsExactly(many.means().get(3));
    assertThat(recent.depth).isEqualTo(Recent.WINDOW);
  }

  @Test
  void shouldCutBlocksByTimeAcrossEntitiesAndKeepAContextsLengthBetween() {
    TrainingRows rows =
        TrainingRows.of(Sampled.FIELDS, Sampled.runs(3, 200, 1, Sampled::straight))
            .withFullContext();
    Folds folds = new Folds(rows);
    Set<Integer> all = new HashSet<>();
    for (int fold = 0; fold < Folds.COUNT; fold++) {
      int[] inside = folds.inside(fold);
      int[] outside = folds.outside(fold);

      assertThat(inside.length).isBetween(rows.size() / 5, rows.size() / 5 + 1);
      Arrays.stream(inside).forEach(i -> assertThat(all.add(i)).isTrue());
      for (int o : outside) {
        for (int i : inside) {
          if (rows.run(o) == rows.run(i)) {
            assertThat(Math.abs(o - i)).isGreaterThan(Recent.WINDOW);
          }
        }
      }
      assertThat(outside.length).isGreaterThan(rows.size() / 2);
    }
    assertThat(all).hasSize(rows.size());
    long newest =
        Arrays.stream(folds.inside(4))
            .mapToLong(i -> rows.moments().get(i).time().getEpochSecond())
            .min()
            .orElseThrow();
    assertThat(Arrays.stream(folds.inside(3)).boxed())
        .allMatch(i -> rows.moments().get(i).time().getEpochSecond() <= newest);
  }

  @Test
  void shouldLeaveEnoughToLearnFromWhereRunsAreShort() {
    for (int length : new int[] {5, 12, 25, 40}) {
      TrainingRows rows =
          TrainingRows.of(Sampled.FIELDS, Sampled.runs(500 / length, length, 1, Sampled::straight))
              .withFullContext();
      Folds folds = new Folds(rows);
      for (int fold = 0; fold < Folds.COUNT; fold++) {
        assertThat(folds.outside(fold).length)
            .as("block %d of runs of %d", fold, length)
            .isGreaterThan(rows.size() / 3);
        assertThat(folds.outside(fold)).doesNotContain(folds.inside(fold));
      }
    }
  }

  @Test
  void shouldCompareTwoModelsByTheMeanOfTheirDifferences() {
    Comparison better = Comparison.of(new double[] {3, 4, 5, 4}, new double[] {1, 2, 3, 2});
    Comparison noise = Comparison.of(new double[] {1, -1, 1, -1}, new double[4]);

    assertThat(better.mean()).isEqualTo(2);
    assertThat(better.standardError()).isZero();
    assertThat(better.secondBetterBy(2)).isTrue();
    assertThat(better.secondWorseBy(2)).isFalse();
    assertThat(noise.secondBetterBy(2)).isFalse();
    assertThat(noise.secondWorseBy(2)).isFalse();
  }
}
