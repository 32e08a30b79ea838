package io.kelbo.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** That a level counts as less new where those known lie far apart. */
class LevelSpacingTest {
  private static final int REST = 50;

  /** One field, whose levels lie close together around 0 and far apart beyond. */
  private static LevelNovelty tailed(LevelRule rule, float[] codes, float[] spacings) {
    Reference reference =
        Reference.of(
            new Random(2).doubles(2000).map(u -> 0.01 - 0.1 * Math.log(u)).toArray(),
            LevelNovelty.LOW,
            LevelNovelty.BINS,
            LevelNovelty.MOST_SHAPE,
            LevelNovelty.MEMORY);
    boolean spaced = rule == LevelRule.SPACING;
    float[] known = spaced ? spacings : new float[0];
    return new LevelNovelty(
        rule,
        1,
        new float[][] {codes, codes},
        new float[][] {known, known},
        new Reference[] {reference, reference},
        REST);
  }

  private static double alarm(LevelNovelty novelty, double level) {
    float[] fresh = new float[novelty.floats()];
    return novelty.alarm(new NearestLevel(novelty), new double[][] {{level}, {0}}, 1, fresh, 0);
  }

  @Test
  void shouldFindLessNewWhatLiesWhereLevelsAreFarApart() {
    float[] codes = {0, 0.02f, 0.04f, 6, 8};
    float[] spacings = {0.02f, 0.02f, 0.02f, 2, 2};
    LevelNovelty spaced = tailed(LevelRule.SPACING, codes, spacings);
    LevelNovelty plain = tailed(LevelRule.DISTANCE, codes, spacings);

    assertThat(alarm(spaced, 9)).isPositive().isLessThan(0.8 * alarm(spaced, -1));
    assertThat(alarm(plain, 9)).isEqualTo(alarm(plain, -1));
  }

  @Test
  void shouldKnowHowFarApartTheLevelsOfAnEntityItselfLie() {
    LevelNovelty alone = tailed(LevelRule.SPACING, new float[] {0, 8}, new float[] {8, 8});
    NearestLevel search = new NearestLevel(alone);
    float[] own = new float[alone.floats()];
    double lonely = alarm(alone, 9);
    for (int i = 0; i < 400; i++) {
      alone.alarm(search, new double[][] {{8.05}, {0}}, i, own, 0); // beside the learned one
    }

    double crowded = alone.alarm(search, new double[][] {{9}, {0}}, 400, own, 0);

    assertThat(crowded).isGreaterThan(lonely);
  }

  @Test
  void shouldRememberALoneLevelThoughManyOthersCrowd() {
    LevelNovelty novelty = tailed(LevelRule.SPACING, new float[] {0}, new float[] {0});
    NearestLevel search = new NearestLevel(novelty);
    float[] own = new float[novelty.floats()];
    novelty.alarm(search, new double[][] {{6}, {0}}, 0, own, 0);
    Random random = new Random(3);
    for (int i = 1; i < 5000; i++) { // each is new, and there is room for 256
      novelty.alarm(search, new double[][] {{8 + 20 * random.nextDouble()}, {0}}, i, own, 0);
    }

    double again = novelty.alarm(search, new double[][] {{6}, {0}}, 5000, own, 0);

    assertThat(again).isLessThan(0.2);
  }
}
