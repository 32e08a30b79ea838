package io.kelbo.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What a p-value promises is held against what came, entity by entity. */
class PromiseTest {
  private final float[] numbers = new float[2 + Promise.FLOATS];
  private final Random random = new Random(11);

  @Test
  void shouldLeavePValuesAsTheyAreWhenNothingWasSeen() {
    for (double p : new double[] {1, 0.05, 0.01, 3e-3, 1e-3, 1e-9, 1e-300}) {
      assertThat(Promise.kept(p, numbers, 2)).isEqualTo(p, within(1e-12 * p));
    }
  }

  @Test
  void shouldMakeTooLargePValuesKeepTheirPromise() {
    double[] rates = rates(u -> Math.min(1, 2.5 * u));

    assertThat(rates[0]).isBetween(0.0085, 0.0115);
    assertThat(rates[1]).isBetween(0.0007, 0.0013);
  }

  @Test
  void shouldMakeTooSmallPValuesKeepTheirPromise() {
    double[] rates = rates(u -> u / 2.5);

    assertThat(rates[0]).isBetween(0.0095, 0.0135);
    assertThat(rates[1]).isBetween(0.0007, 0.0014);
  }

  @Test
  void shouldNotTakeARowOfFaultsForABrokenPromise() {
    for (int i = 0; i < 2000; i++) {
      Promise.add(Promise.kept(random.nextDouble(), numbers, 2), numbers, 2);
    }
    double before = Promise.kept(1e-3, numbers, 2);

    for (int i = 0; i < 300; i++) {
      Promise.add(Promise.kept(1e-6, numbers, 2), numbers, 2);
    }

    assertThat(Promise.kept(1e-3, numbers, 2)).isLessThan(1.3 * Math.max(1e-3, before));
  }

  @Test
  void shouldKeepTheOrderOfPValuesWhateverWasSeen() {
    for (int i = 0; i < 30_000; i++) {
      Promise.add(Promise.kept(i % 20 == 0 ? 5e-3 : 0.5, numbers, 2), numbers, 2);
    }

    double last = 0;
    for (double p = 1e-8; p < 1; p *= 1.07) {
      double kept = Promise.kept(p, numbers, 2);
      assertThat(kept).isGreaterThan(last).isLessThanOrEqualTo(1);
      last = kept;
    }
  }

  /** Shares below 1 % and below 0.1 % of the second half of 100,000 corrected p-values. */
  private double[] rates(DoubleUnaryOperator broken) {
    double[] rates = new double[2];
    for (int i = 0; i < 100_000; i++) {
      double p = broken.applyAsDouble(random.nextDouble());
      double kept = Promise.kept(p, numbers, 2);
      if (i >= 50_000) {
        rates[0] += kept < 1e-2 ? 1.0 / 50_000 : 0;
        rates[1] += kept < 1e-3 ? 1.0 / 50_000 : 0;
      }
      Promise.add(kept, numbers, 2);
    }
    return rates;
  }
}
