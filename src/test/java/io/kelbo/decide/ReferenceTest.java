package io.kelbo.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final int AT = 4;
  private static final int MEMORY = 8000;
  private static final int DRAWS = 100_000;

  private final Random random = new Random(2);

  private static Reference of(double[] scores) {
    return Reference.of(scores, -4, 160, 0.9, MEMORY);
  }

  private static float[] fresh(Reference reference) {
    return new float[AT + reference.floats() + 1];
  }

  private static double[] draws(int count, DoubleSupplier draw) {
    return DoubleStream.generate(draw).limit(count).toArray();
  }

  /** Half a chi-square of four, over its 95 % point: like surprisals in units of the usual one. */
  private double surprisal() {
    return -(Math.log(1 - random.nextDouble()) + Math.log(1 - random.nextDouble())) / 4.74;
  }

  private double heavy() {
    return Math.exp(0.8 * random.nextGaussian() - 1);
  }

  /** Share of p-values below a level while the reference follows, one draw after the other. */
  private double share(Reference reference, float[] numbers, DoubleSupplier draw, double level) {
    int below = 0;
    for (int i = 0; i < DRAWS; i++) {
      double score = draw.getAsDouble();
      below += reference.pValue(score, numbers, AT) < level ? 1 : 0;
      reference.add(score, 1, numbers, AT);
    }
    return (double) below / DRAWS;
  }

  @Test
  void shouldGiveUniformPValuesOfDrawsLikeThoseLearnedFrom() {
    for (DoubleSupplier draw : new DoubleSupplier[] {this::surprisal, this::heavy}) {
      Reference reference = of(draws(2000, draw));
      for (double level : new double[] {0.5, 0.1, 0.01, 0.001}) {
        assertThat(share(reference, fresh(reference), draw, level))
            .as("at %s", level)
            .isBetween(level / 2, 2 * level);
      }
    }
  }

  @Test
  void shouldGiveUniformPValuesBeforeItKnowsTheEntity() {
    Reference reference = of(draws(4000, this::surprisal));
    float[] nothing = fresh(reference);
    double[] p = draws(DRAWS, () -> reference.pValue(surprisal(), nothing, AT));

    assertThat(Arrays.stream(p).filter(v -> v < 0.01).count() / (double) DRAWS)
        .isBetween(0.005, 0.02);
    assertThat(Arrays.stream(p).average().orElseThrow()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void shouldFollowAnEntityWhoseScoresDouble() {
    Reference reference = of(draws(4000, this::surprisal));
    float[] numbers = fresh(reference);
    int early = 0;
    for (int i = 0; i < 500; i++) {
      early += reference.pValue(2 * surprisal(), numbers, AT) < 0.01 ? 1 : 0;
    }
    share(reference, numbers, () -> 2 * surprisal(), 0.01);

    double later = share(reference, numbers, () -> 2 * surprisal(), 0.01);

    assertThat(early).isGreaterThan(20); // of 500: more than 4 % instead of 1 %
    assertThat(later).isBetween(0.005, 0.02);
  }

  @Test
  void shouldFallWithTheScoreAndNeverToZero() {
    for (DoubleSupplier draw : new DoubleSupplier[] {this::surprisal, this::heavy, () -> 1}) {
      Reference reference = of(draws(1000, draw));
      float[] numbers = fresh(reference);
      for (int round = 0; round < 3; round++) {
        double before = 1;
        for (double score = 1e-6; score < 1e300; score *= 1.03) {
          double p = reference.pValue(score, numbers, AT);
          assertThat(p).isPositive().isLessThanOrEqualTo(before * (1 + 1e-9));
          before = p;
        }
        assertThat(reference.pValue(0, numbers, AT)).isBetween(0.99, 1.0);
        assertThat(reference.pValue(Double.MAX_VALUE, numbers, AT)).isPositive();
        share(reference, numbers, draw, 0.01);
      }
    }
  }

  /** A score a little larger must not be a step rarer: thresholds lie out there. */
  @Test
  void shouldBeSmoothBeyondTheLargestEverSeen() {
    double[] scores = draws(3000, this::surprisal);
    double largest = Arrays.stream(scores).max().orElseThrow();
    Reference reference = of(scores);
    float[] numbers = fresh(reference);

    double before = reference.pValue(0.8 * largest, numbers, AT);
    for (double s = 0.8 * largest; s < 3 * largest; s *= 1.001) {
      double p = reference.pValue(s, numbers, AT);
      assertThat(p).isBetween(0.97 * before, before * (1 + 1e-9));
      before = p;
    }
    assertThat(before).isLessThan(1e-4);
  }

  /** Of an exponential all is known: {@code P(S > s) = exp(-s)}. */
  @Test
  void shouldContinueATailOfKnownShape() {
    Reference reference = of(draws(MEMORY, () -> -Math.log(1 - random.nextDouble())));
    float[] numbers = fresh(reference);

    for (double score : new double[] {1, 2, 3, 5, 7, 9}) {
      double p = reference.pValue(score, numbers, AT);
      // The shape of a tail of 400 is known to about ±.07, and tells the more the further out.
      double factor = score < 4 ? 1.15 : score < 8 ? 2 : 3;
      assertThat(p).isBetween(Math.exp(-score) / factor, Math.exp(-score) * factor);
    }
  }

  @Test
  void shouldKeepItsMemoryWithinBoundsAndBesideItsNeighbours() {
    Reference reference = of(draws(500, this::surprisal));
    float[] numbers = fresh(reference);
    Arrays.fill(numbers, 0, AT, 7);
    numbers[AT + reference.floats()] = 7;

    share(reference, numbers, this::heavy, 0.01);

    double held = 0;
    for (int i = AT + 1; i < AT + reference.floats(); i++) {
      assertThat(numbers[i]).isNotNegative();
      held += numbers[i];
    }
    assertThat(held).isBetween(0.99 * MEMORY, 1.26 * MEMORY);
    assertThat((double) numbers[AT]).isCloseTo(held, within(1e-3 * held));
    assertThat(Arrays.copyOf(numbers, AT)).containsOnly(7);
    assertThat(numbers[AT + reference.floats()]).isEqualTo(7);
  }

  @Test
  void shouldForgetWhatIsLongAgo() {
    Reference reference = of(draws(4000, this::surprisal));
    float[] numbers = fresh(reference);
    share(reference, numbers, () -> 10 * surprisal(), 0.01);
    double during = reference.pValue(5, numbers, AT);

    share(reference, numbers, this::surprisal, 0.01);

    assertThat(during).isGreaterThan(0.05);
    assertThat(reference.pValue(5, numbers, AT)).isLessThan(1e-4);
  }

  @Test
  void shouldCountAFlaggedRecordForLess() {
    Reference reference = of(draws(1000, this::surprisal));
    float[] whole = fresh(reference);
    float[] quarter = fresh(reference);
    for (int i = 0; i < 300; i++) {
      reference.add(4, 1, whole, AT);
      reference.add(4, 0.25, quarter, AT);
    }

    assertThat(quarter[AT]).isEqualTo(75);
    assertThat(reference.pValue(3, quarter, AT))
        .isLessThan(0.5 * reference.pValue(3, whole, AT))
        .isGreaterThan(reference.pValue(3, fresh(reference), AT));
  }

  @Test
  void shouldRefuseToReferToNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(new double[0]))
        .withMessageContaining("160 bins")
        .withMessageContaining("there must be some");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reference(-4, 160, 0.9, MEMORY, new float[159]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reference(-4, 1, 0.9, MEMORY, new float[] {Float.NaN}));
  }
}
