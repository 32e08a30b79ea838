package io.kelbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void shouldBeWithinALastBitOrSoOfTheStrictOne() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      double x = i % 2 == 0 ? random.nextDouble() * 1400 - 700 : random.nextGaussian();
      double strict = StrictMath.exp(x);

      assertThat(Math.abs(Exponential.exp(x) - strict) / strict).as("e^%s", x).isLessThan(5e-16);
    }
  }

  @Test
  void shouldKnowItsEnds() {
    assertThat(Exponential.exp(0)).isEqualTo(1);
    assertThat(Exponential.exp(-0.0)).isEqualTo(1);
    assertThat(Exponential.exp(-800)).isZero();
    assertThat(Exponential.exp(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Exponential.exp(709.7)).isFinite();
    assertThat(Exponential.exp(710)).isInfinite();
    assertThat(Exponential.exp(Double.POSITIVE_INFINITY)).isInfinite();
    assertThat(Exponential.exp(Double.NaN)).isNaN();
    assertThat(Exponential.exp(Double.MIN_VALUE)).isEqualTo(1);
    assertThat(Exponential.exp(-707.9)).isPositive();
  }
}
