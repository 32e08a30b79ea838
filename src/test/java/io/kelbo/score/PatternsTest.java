package io.kelbo.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kelbo.context.Recent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class PatternsTest {
  private static final int ROWS = 2000;
  private final Random random = new Random(2);

  /** Counts in sliding windows of a field that shows the pattern where the predicate says so. */
  private static List<int[]> windows(IntPredicate shows) {
    List<int[]> counts = new ArrayList<>();
    for (int i = Recent.WINDOW - 1; i < ROWS; i++) {
      int count = 0;
      for (int back = 0; back < Recent.WINDOW; back++) {
        count += shows.test(i - back) ? 1 : 0;
      }
      counts.add(new int[] {count});
    }
    return counts;
  }

  private static Patterns learned(IntPredicate misses, IntPredicate repeats) {
    List<int[]> missing = windows(misses);
    int[] depths = new int[missing.size()];
    java.util.Arrays.fill(depths, Recent.WINDOW);
    return Patterns.learn(1, missing, windows(repeats), depths);
  }

  private static Recent recent(int misses, int repeats) {
    Recent recent = new Recent(1);
    recent.depth = Recent.WINDOW;
    recent.misses[0] = misses;
    recent.repeats[0] = repeats;
    return recent;
  }

  @Test
  void shouldBeSurprisedBySilenceButNotByTheUsualHoles() {
    boolean[] drops = new boolean[ROWS];
    for (int i = 0; i < ROWS; i++) {
      drops[i] = random.nextInt(20) == 0;
    }
    Patterns patterns = learned(i -> drops[i], i -> false);

    assertThat(patterns.missing(recent(0, 0), 0)).isZero();
    assertThat(patterns.missing(recent(1, 0), 0)).isLessThan(0.1);
    assertThat(patterns.missing(recent(2, 0), 0)).isLessThan(1);
    assertThat(patterns.missing(recent(8, 0), 0)).isGreaterThan(8);
    assertThat(patterns.missing(recent(16, 0), 0)).isGreaterThan(30);
  }

  @Test
  void shouldBeSurprisedByAStuckValueButNotByARareRepeat() {
    Patterns patterns = learned(i -> false, i -> i % 100 == 0);

    assertThat(patterns.repeating(recent(0, 0), 0)).isZero();
    assertThat(patterns.repeating(recent(0, 1), 0)).isLessThan(3);
    assertThat(patterns.repeating(recent(0, 15), 0)).isGreaterThan(30);
  }

  @Test
  void shouldNotMindThatASteadyFieldRepeatsItself() {
    Patterns patterns = learned(i -> false, i -> i % 16 != 0);

    assertThat(patterns.repeating(recent(0, 15), 0)).isLessThan(0.1);
  }

  @Test
  void shouldTakeMoreToBeSurprisedWherePatternsComeInClusters() {
    Patterns scattered = learned(i -> i % 10 == 0, i -> false);
    Patterns clustered = learned(i -> i % 160 < 16, i -> false);

    double once = scattered.missing(recent(10, 0), 0);

    assertThat(clustered.missing(recent(10, 0), 0)).isLessThan(once / 4).isPositive();
  }

  @Test
  void shouldGrowWithEachFurtherMissAndStayFinite() {
    Patterns never = learned(i -> false, i -> false);
    double before = 0;
    for (int k = 1; k <= Recent.WINDOW; k++) {
      double now = never.missing(recent(k, 0), 0);
      assertThat(now).isGreaterThan(before).isFinite();
      before = now;
    }
    Patterns always = learned(i -> true, i -> true);

    assertThat(always.missing(recent(16, 0), 0)).isBetween(0.0, 0.1);
  }

  @Test
  void shouldSayNothingWhereRowsHaveNoOrder() {
    assertThat(Patterns.none(1).missing(recent(16, 0), 0)).isZero();
    assertThat(Patterns.none(1).repeating(recent(0, 15), 0)).isZero();
  }

  @Test
  void shouldRefuseFiguresThatAreNoRatesOrSpreads() {
    double[] good = {1};
    for (double[] bad : new double[][] {{}, {1, 1}, {Double.NaN}, {-1}, {0}}) {
      assertThatThrownBy(() -> new Patterns(good, good, bad, good))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Patterns(good, bad, good, good))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
