package io.kelbo.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotalTest {
  /** Of Python's {@code math.asinh}. */
  @ParameterizedTest
  @CsvSource({
    "1e-300, 1e-300",
    "1e-5, 9.999999999833334e-06",
    "1, 0.881373587019543",
    "20, 3.6895038689889055",
    "1e7, 16.811242831518268",
    "1e9, 21.416413017506354",
    "1e300, 691.4686750787736"
  })
  void shouldBeTheInverseHyperbolicSineOfTheStepsGrown(double steps, double scaled) {
    assertThat(Total.scaled(3 * steps, 3)).isCloseTo(scaled, within(1e-14 * scaled));
    assertThat(Total.scaled(-3 * steps, 3)).isCloseTo(-scaled, within(1e-14 * scaled));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, -0.3, 4, -1e5, 1e30})
  void shouldFindTheGrowthAgain(double growth) {
    assertThat(Total.growth(Total.scaled(growth, 0.7), 0.7))
        .isCloseTo(growth, within(1e-10 * Math.abs(growth)));
  }

  @Test
  void shouldStayFiniteWhateverGrows() {
    assertThat(Total.scaled(Double.POSITIVE_INFINITY, 1)).isBetween(709.0, 711.0);
    assertThat(Total.scaled(1e300, Double.MIN_VALUE)).isBetween(709.0, 711.0);
    assertThat(Total.growth(1e6, 1e6)).isEqualTo(Double.MAX_VALUE);
    assertThat(Total.scaled(Double.NaN, 1)).isNaN();
  }

  @Test
  void shouldCallAFallOfAHundredStepsABeginning() {
    assertThat(Total.ongoing(Total.scaled(-101, 1))).isNaN();
    assertThat(Total.ongoing(Total.scaled(-99, 1))).isEqualTo(Total.scaled(-99, 1));
    assertThat(Total.ongoing(Double.NaN)).isNaN();
  }
}
