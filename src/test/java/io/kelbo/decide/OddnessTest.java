package io.kelbo.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What an entity always is, beside what happens to it. */
class OddnessTest {
  private static final int AT = 1;
  private static final double FAULT = 1000;

  private final float[] numbers = new float[2 + Oddness.FLOATS];
  private final Random random = new Random(5);
  private final Calibration all = usual();

  private static Calibration usual() {
    double[] scores = new double[10_000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = -StrictMath.log(1 - (i + 0.5) / scores.length); // exponential
    }
    return new Calibration(scores, 1);
  }

  private double among(double score) {
    return Oddness.of(numbers, AT).among(all, score);
  }

  @Test
  void shouldLeaveAnEntityLikeTheOthersAlone() {
    double least = FAULT;
    for (int i = 0; i < 50_000; i++) {
      see(1, score -> score);
      least = Math.min(least, among(FAULT));
    }

    assertThat(least).isGreaterThan(FAULT / 1.1);
    assertThat(among(FAULT)).isEqualTo(FAULT);
  }

  @Test
  void shouldDivideTheScoresOfAnEntityWhoseNoiseIsAlwaysFiveTimesAsLarge() {
    see(5_000, score -> 5 * score);

    assertThat(among(FAULT)).isEqualTo(FAULT / 5 * 1.25, within(40.0));
    assertThat(among(5 * all.quartile())).isEqualTo(1.25 * all.quartile(), within(0.2));
    see(5_000, score -> score);
    assertThat(among(FAULT)).isEqualTo(FAULT);
  }

  @Test
  void shouldLeaveAFaultItsHeightWhereAnEntityOnlyLiesElsewhere() {
    double elsewhere = 4 * all.median();
    see(5_000, score -> elsewhere + score);

    assertThat(among(elsewhere + all.quartile())).isBetween(all.median(), 3 * all.quartile());
    assertThat(among(FAULT)).isGreaterThan(0.7 * FAULT);
  }

  @Test
  void shouldNotTakeWhatStrikesTwoRecordsInFiveForUsual() {
    for (int i = 0; i < 10_000; i++) {
      double times = i % 5 < 2 ? 1000 : 1;
      see(1, score -> times * score);
    }

    assertThat(among(FAULT)).isGreaterThan(FAULT / 3);
  }

  @Test
  void shouldNotBeTalkedOverByAFaultOfAHundredRecordsHoweverFarOut() {
    see(5_000, score -> score);

    see(100, score -> 1e9);

    assertThat(among(FAULT)).isGreaterThan(FAULT / 1.1);
  }

  @Test
  void shouldNeverCallUsualWhatIsATenfold() {
    see(20_000, score -> 1e9);

    assertThat(among(1e9)).isGreaterThan(1e9 / 10);
  }

  @Test
  void shouldBeginWhereAnEntityStood() {
    new Oddness(1, 0.5f).begin(numbers, AT);

    assertThat(Oddness.of(numbers, AT)).isEqualTo(new Oddness(1, 0.5f));
    assertThat(numbers).containsExactly(0, 1, 0.5f, 0);
  }

  @Test
  void shouldTouchNoNumbersBesideItsOwn() {
    numbers[0] = 7;
    numbers[3] = 9;

    see(1_000, score -> 5 * score);

    assertThat(numbers).containsExactly(7, numbers[1], numbers[2], 9);
  }

  @Test
  void shouldRefuseWhatNoEntityCanBe() {
    assertThatThrownBy(() -> new Oddness(-0.1f, 0)).hasMessageContaining("within 0 and 2.3");
    assertThatThrownBy(() -> new Oddness(0, 3)).hasMessageContaining("within 0 and 2.3");
    assertThatThrownBy(() -> new Oddness(Float.NaN, 0)).hasMessageContaining("NaN");
  }

  private void see(int records, DoubleUnaryOperator as) {
    for (int i = 0; i < records; i++) {
      double score = -StrictMath.log(1 - random.nextDouble());
      Oddness.add(as.applyAsDouble(score), all, numbers, AT);
    }
  }
}
