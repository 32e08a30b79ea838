package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a count's prediction is compared by, at any dispersion. */
class CountLossTest {
  /** Its sum, mean and variance: what is left beyond 4,000 of a rate of 9.5 is below 1e-12. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1 + 1e-9, 1.7, 4, 30})
  void shouldBeAProbabilityOfTheSameMeanAndOfTheDispersionsVariance(double psi) {
    for (double rate : new double[] {0.05, 9.5}) {
      double[] eta = {Math.log(rate)};
      double total = 0;
      double mean = 0;
      double square = 0;
      for (int x = 0; x < 4000; x++) {
        double p = Math.exp(-Likelihood.POISSON.logLoss(eta, new double[] {x}, 0, 1, psi));
        total += p;
        mean += p * x;
        square += p * x * x;
      }

      assertThat(total).isCloseTo(1, within(1e-9));
      assertThat(mean).isCloseTo(rate, within(1e-8));
      assertThat(square - mean * mean).isCloseTo(psi * rate, within(1e-6));
    }
  }

  @Test
  void shouldNotLoseALargeCountsLossToRounding() {
    double[] eta = {Math.log(1e9)};

    double poisson = Likelihood.POISSON.logLoss(eta, new double[] {1e9}, 0, 1, 1);

    assertThat(poisson).isCloseTo(0.5 * Math.log(2 * Math.PI * 1e9), within(1e-4));
    for (double psi : new double[] {1 + 1e-12, 1 + 1e-6, 4}) {
      double loss = Likelihood.POISSON.logLoss(eta, new double[] {1e9}, 0, 1, psi);
      assertThat(loss).isCloseTo(poisson + 0.5 * Math.log(psi), within(1e-4));
    }
  }
}
