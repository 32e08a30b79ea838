package io.kelbo.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What an entity always is, beside what happens to it. */
class OddnessTest {
  private static final int AT = 1;
  private static final double MEDIAN = StrictMath.log(2); // of exponential scores

  private final float[] numbers = new float[2 + Oddness.FLOATS];
  private final Random random = new Random(5);

  @Test
  void shouldLeaveAnEntityLikeTheOthersAlone() {
    double most = 0;
    for (int i = 0; i < 50_000; i++) {
      see(1, score -> score);
      most = Math.max(most, Oddness.of(numbers, AT));
    }

    assertThat(most).isLessThan(1.1);
    assertThat(Oddness.of(numbers, AT)).isEqualTo(1);
  }

  @Test
  void shouldFollowAnEntityWhoseScoresAreAlwaysFiveTimesAsLarge() {
    see(5_000, score -> 5 * score);

    assertThat(Oddness.of(numbers, AT)).isEqualTo(5 / 1.25, within(0.4));
    see(5_000, score -> score);
    assertThat(Oddness.of(numbers, AT)).isEqualTo(1);
  }

  @Test
  void shouldNotTakeWhatStrikesTwoRecordsInFiveForUsual() {
    for (int i = 0; i < 10_000; i++) {
      double times = i % 5 < 2 ? 1000 : 1;
      see(1, score -> times * score);
    }

    assertThat(Oddness.of(numbers, AT)).isLessThan(3);
  }

  @Test
  void shouldNotBeTalkedOverByAFaultOfAHundredRecordsHoweverFarOut() {
    see(5_000, score -> score);

    see(100, score -> 1e9);

    assertThat(Oddness.of(numbers, AT)).isLessThan(1.1);
  }

  @Test
  void shouldNeverCallUsualWhatIsATenfold() {
    see(20_000, score -> 1e9);

    assertThat(Oddness.of(numbers, AT)).isEqualTo(10 / 1.25, within(1e-4));
  }

  @Test
  void shouldTouchNoNumbersBesideItsOwn() {
    numbers[0] = 7;
    numbers[2] = 9;

    see(1_000, score -> 5 * score);

    assertThat(numbers).containsExactly(new float[] {7, numbers[1], 9});
  }

  private void see(int records, DoubleUnaryOperator as) {
    for (int i = 0; i < records; i++) {
      double score = -StrictMath.log(1 - random.nextDouble());
      Oddness.add(as.applyAsDouble(score), MEDIAN, numbers, AT);
    }
  }
}
