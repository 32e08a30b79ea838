package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.kernel.Exponential;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BaseRatesTest {
  private final Random random = new Random(9);

  /** A network learned from one head that is not Gaussian. */
  private static Network learned(
      Likelihood likelihood, int width, int rows, IntToDoubleFunction x) {
    Head head = new Head(likelihood, 0, width);
    Shape shape = new Shape(java.util.List.of(head), 1, 0);
    Workspace w = new Workspace(shape);
    Rows all = new Rows();
    for (int r = 0; r < rows; r++) {
      w.target[0] = x.applyAsDouble(r);
      w.mask[0] = Double.isNaN(w.target[0]) ? 0 : 1;
      w.target[0] = w.mask[0] == 0 ? 0 : w.target[0];
      all.add(w);
    }
    return LinearStart.fit(shape.heads(), all, 2, new boolean[width]).network();
  }

  private static double bias(Network network, int place) {
    return network.parameters()[network.shape().decodeBias() + place];
  }

  @Test
  void shouldKnowTheRateAndDispersionOfHugeCounts() {
    Network network =
        learned(Likelihood.POISSON, 1, 200, r -> Math.rint(1e6 + 5e3 * random.nextGaussian()));

    assertThat(Math.exp(bias(network, 0))).isCloseTo(1e6, within(2e3));
    // variance / mean = 25e6 / 1e6; 200 rows know a variance to 10 %
    assertThat(network.psi(0)).isCloseTo(25, within(10.0));
  }

  @Test
  void shouldNotThinkAConstantCountDispersed() {
    Network network = learned(Likelihood.POISSON, 1, 100, r -> 250_000);

    assertThat(network.psi(0)).isEqualTo(1);
    assertThat(Math.exp(bias(network, 0))).isCloseTo(250_000, within(10.0));
  }

  @Test
  void shouldKnowHowOftenAFlagIsSetAndNeverSayNever() {
    Network often = learned(Likelihood.BERNOULLI, 1, 400, r -> r % 4 == 0 ? 1 : 0);
    Network never = learned(Likelihood.BERNOULLI, 1, 400, r -> 0);

    assertThat(Exponential.sigmoid(bias(often, 0))).isCloseTo(0.25, within(0.01));
    assertThat(Exponential.sigmoid(bias(never, 0))).isBetween(1e-4, 1e-2);
  }

  @Test
  void shouldKnowHowOftenEachClassComesAndLeaveRoomForTheUnknown() {
    Network network = learned(Likelihood.CATEGORICAL, 3, 300, r -> r % 3 == 0 ? 1 : 2);
    double[] eta = {bias(network, 0), bias(network, 1), bias(network, 2)};
    double total = Likelihood.logSumExp(eta, 0, 3);

    assertThat(Math.exp(eta[1] - total)).isCloseTo(1 / 3.0, within(0.01));
    assertThat(Math.exp(eta[2] - total)).isCloseTo(2 / 3.0, within(0.01));
    assertThat(Math.exp(eta[0] - total)).isBetween(1e-4, 1e-2);
  }

  @Test
  void shouldFindNothingThatWasNeverSeenSurprisingByItself() {
    Network counts = learned(Likelihood.POISSON, 1, 100, r -> Double.NaN);
    Network classes = learned(Likelihood.CATEGORICAL, 1, 100, r -> Double.NaN);
    Workspace w = new Workspace(counts.shape());
    w.target[0] = 5000;
    w.mask[0] = 1;
    counts.encode(w);
    counts.decode(w);

    assertThat(counts.deviance(w, 0)).isLessThan(1);
    assertThat(Arrays.stream(classes.parameters()).allMatch(Double::isFinite)).isTrue();
  }
}
