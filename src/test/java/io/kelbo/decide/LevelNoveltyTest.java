package io.kelbo.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelNoveltyTest {
  private static final int AT = 2;
  private static final int REST = 50;
  private static final LevelRule RULE = LevelRule.SPACING;
  private static final double LOUD = 0.4; // an alarm score above: 5 nats

  private final Random random = new Random(5);
  private final LevelNovelty novelty = learned();
  private final NearestLevel nearest = new NearestLevel(novelty);
  private final float[] numbers = new float[AT + novelty.floats() + 1];
  private long seen;

  /** Two fields between -1 and 1, as 400 levels and the distances of 2,000 more to them. */
  private LevelNovelty learned() {
    float[] codes = new float[800];
    float[] spacings = new float[400];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (float) (2 * random.nextDouble() - 1);
    }
    for (int k = 0; k < spacings.length; k++) {
      spacings[k] = (float) distance(codes, codes[2 * k], codes[2 * k + 1], k);
    }
    double[] novelties = new double[2000];
    for (int i = 0; i < novelties.length; i++) {
      double nearest =
          distance(codes, 2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1, -1);
      novelties[i] = RULE.novelty(nearest, 0.05) + Math.exp(LevelNovelty.LOW);
    }
    Reference reference =
        Reference.of(
            novelties,
            LevelNovelty.LOW,
            LevelNovelty.BINS,
            LevelNovelty.MOST_SHAPE,
            LevelNovelty.MEMORY);
    return new LevelNovelty(
        RULE,
        2,
        new float[][] {codes, codes},
        new float[][] {spacings, spacings},
        new Reference[] {reference, reference},
        REST);
  }

  /** To the nearest of the levels but one. */
  private static double distance(float[] codes, double a, double b, int but) {
    double nearest = Double.MAX_VALUE;
    for (int k = 0; k < codes.length / 2; k++) {
      if (k != but) {
        double off = Math.hypot(a - codes[2 * k], b - codes[2 * k + 1]) / Math.sqrt(2);
        nearest = Math.min(nearest, off);
      }
    }
    return nearest;
  }

  private double alarm(double a, double b) {
    double score = novelty.alarm(nearest, new double[][] {{a, b}, {0, 0}}, seen++, numbers, AT);
    assertThat(score).isBetween(0.0, 1.0);
    return score;
  }

  private double usual() {
    return alarm(1.8 * random.nextDouble() - 0.9, 1.8 * random.nextDouble() - 0.9);
  }

  private double loudestOf(int usual) {
    double loudest = 0;
    for (int i = 0; i < usual; i++) {
      loudest = Math.max(loudest, usual());
    }
    return loudest;
  }

  @Test
  void shouldAlarmAtALevelNeverSeenAndThenRest() {
    loudestOf(200);

    double first = alarm(6, 6);
    double after = 0;
    for (int i = 0; i < REST - REST / 10; i++) {
      after = Math.max(after, alarm(6, 6));
    }

    assertThat(first).isGreaterThan(LOUD);
    assertThat(after).isZero();
  }

  @Test
  void shouldKnowALevelTheSecondTime() {
    loudestOf(200);
    double first = alarm(6, 6);
    loudestOf(2 * REST);

    double second = alarm(6, 6);

    assertThat(first).isGreaterThan(LOUD);
    assertThat(second).isLessThan(0.5 * first);
  }

  @Test
  void shouldAlarmWithinTheRestWhereSomethingStrangerComes() {
    loudestOf(200);
    double first = alarm(1.1, 1.1);

    double second = alarm(30, -30);

    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void shouldBeQuietAboutLevelsThatAreUsual() {
    loudestOf(200);
    int loud = 0;
    for (int i = 0; i < 5000; i++) {
      loud += usual() > LOUD ? 1 : 0;
    }

    // -ln p > 5 is p < .0067, at most once in a rest: about 30, less what alarms cost.
    assertThat(loud).isLessThan(60);
  }

  @Test
  void shouldPayForManyAlarms() {
    loudestOf(200);
    double first = alarm(6, 6);
    for (int i = 0; i < 40; i++) {
      loudestOf(REST);
      alarm(12 + 6 * i, 12 - 9 * i); // each is new
    }
    loudestOf(REST);

    double poor = alarm(-6, -6);

    assertThat(first).isGreaterThan(LOUD);
    assertThat(poor).isPositive().isLessThan(0.8 * first);
  }

  @Test
  void shouldBeLoudAgainWhenTheAlarmsAreLongAgo() {
    loudestOf(200);
    for (int i = 0; i < 40; i++) {
      loudestOf(REST);
      alarm(12 + 6 * i, 12 - 9 * i);
    }
    loudestOf(REST);
    double poor = alarm(-6, -6);
    loudestOf(15_000);

    double rich = alarm(-6, 6);

    assertThat(rich).isGreaterThan(poor);
  }

  @Test
  void shouldHoldNoMoreThanItsNumbersThoughEachLevelIsNew() {
    Arrays.fill(numbers, 0, AT, 3);
    numbers[numbers.length - 1] = 3;
    for (int i = 0; i < 5000; i++) {
      alarm(1000 * random.nextGaussian(), 1000 * random.nextGaussian());
    }

    for (float number : numbers) {
      assertThat(number).isFinite();
    }
    assertThat(Arrays.copyOf(numbers, AT)).containsOnly(3);
    assertThat(numbers[numbers.length - 1]).isEqualTo(3);
    assertThat(novelty.floats()).isLessThan(2000);
  }

  @Test
  void shouldGiveTheSameAlarmsForTheSameLevels() {
    float[] again = numbers.clone();
    Random levels = new Random(1);
    for (int i = 0; i < 3000; i++) {
      double[][] level = {{5 * levels.nextGaussian(), levels.nextGaussian()}, {0, 0}};
      assertThat(novelty.alarm(nearest, level, i, numbers, AT))
          .isEqualTo(novelty.alarm(nearest, level, i, again, AT));
    }

    assertThat(again).containsExactly(numbers);
  }

  @Test
  void shouldStandAModelThatKnowsNoLevel() {
    Reference[] references = novelty.references();
    LevelNovelty empty =
        new LevelNovelty(RULE, 2, new float[2][0], new float[2][0], references, REST);
    float[] own = new float[empty.floats()];
    NearestLevel none = new NearestLevel(empty);

    for (int i = 0; i < 100; i++) {
      assertThat(empty.alarm(none, new double[][] {{i, 0}, {0, 0}}, i, own, 0)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void shouldRefuseLevelsOfAnotherNumberOfFields() {
    float[][] none = new float[2][0];
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LevelNovelty(
                    RULE, 2, new float[][] {{1, 2, 3}, {}}, none, novelty.references(), 9))
        .withMessageContaining("3 numbers")
        .withMessageContaining("2 fields");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LevelNovelty(
                    RULE, 2, new float[][] {{1, 2, 3, 4}, {}}, none, novelty.references(), 9))
        .withMessageContaining("2 levels")
        .withMessageContaining("0 spacings");
  }
}
