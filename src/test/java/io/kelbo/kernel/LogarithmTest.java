package io.kelbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogarithmTest {
  @Test
  void shouldBeWithinALastBitOrSoOfTheStrictOne() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      double x =
          switch (i % 3) {
            case 0 -> Math.exp(random.nextDouble() * 1400 - 700);
            case 1 -> 1 + 0.1 * random.nextGaussian();
            default -> Double.MIN_VALUE * (1 + random.nextInt());
          };
      if (x <= 0) {
        continue;
      }
      double strict = StrictMath.log(x);

      assertThat(Math.abs(Logarithm.log(x) - strict))
          .as("log %s", x)
          .isLessThanOrEqualTo(4.5e-16 * Math.abs(strict));
    }
  }

  /** To 30 places by Python's decimal module: {@code Decimal(x).ln()}. */
  @ParameterizedTest
  @CsvSource({
    "2, 0.693147180559945309417232121458",
    "10, 2.302585092994045684017991454684",
    "0.5, -0.693147180559945309417232121458",
    "1.0000000000000002, 2.220446049250312834e-16",
    "1e300, 690.775527898213705205397436405",
    "3, 1.098612288668109691395245236923",
    "1e-310, -713.801378828154165100644600662"
  })
  void shouldAgreeWithLongDecimals(double x, BigDecimal wanted) {
    double log = Logarithm.log(x);

    assertThat(log).isCloseTo(wanted.doubleValue(), within(Math.ulp(wanted.doubleValue())));
  }

  @Test
  void shouldKnowItsEnds() {
    assertThat(Logarithm.log(1)).isEqualTo(0.0);
    assertThat(Logarithm.log(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Logarithm.log(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Logarithm.log(-1)).isNaN();
    assertThat(Logarithm.log(Double.NaN)).isNaN();
    assertThat(Logarithm.log(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Logarithm.log(Double.MAX_VALUE)).isFinite();
    assertThat(Logarithm.log(Double.MIN_VALUE)).isEqualTo(StrictMath.log(Double.MIN_VALUE));
  }
}
