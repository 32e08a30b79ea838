package io.kelbo.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MarginTest {
  private static double[] normal(int n, long seed) {
    Random random = new Random(seed);
    return DoubleStream.generate(random::nextGaussian).limit(n).sorted().toArray();
  }

  @Test
  void shouldSurpriseByOneNatOnAverageWhateverTheDistribution() {
    double[] gaussian = normal(2000, 1);
    double[] skewed = DoubleStream.of(normal(2000, 2)).map(Math::exp).sorted().toArray();
    Spread first = Spread.learn(gaussian, 257);
    Spread second = Spread.learn(skewed, 257);

    double ofGaussian =
        DoubleStream.of(normal(2000, 3)).map(first::surprisal).average().orElseThrow();
    double ofSkewed =
        DoubleStream.of(normal(2000, 4)).map(v -> second.surprisal(Math.exp(v))).sum() / 2000;

    // The standard error of the mean of 2,000 exponentials is 0.022.
    assertThat(ofGaussian).isCloseTo(1, within(0.1));
    assertThat(ofSkewed).isCloseTo(1, within(0.1));
  }

  @Test
  void shouldRiseOutwardsFromTheMedianAndBeyondAllThatWasSeen() {
    Spread spread = Spread.learn(normal(500, 1), 257);
    double before = -1;
    for (double v = spread.values()[128]; v < 50; v += 0.01) {
      double now = spread.surprisal(v);
      // Where the counted part meets the fitted tail they may differ by a little.
      assertThat(now).isGreaterThan(before - 0.25);
      before = Math.max(before, now);
    }

    assertThat(spread.surprisal(-40)).isGreaterThan(spread.surprisal(-20) + 1);
    assertThat(spread.surprisal(1e300)).isFinite();
    assertThat(spread.surprisal(0)).isLessThan(0.2);
  }

  @Test
  void shouldNotBeSurprisedByTheOnlyValueThereWas() {
    Spread constant = Spread.learn(new double[100], 257);

    assertThat(constant.surprisal(0)).isZero();
    assertThat(constant.surprisal(1)).isGreaterThan(3);
    assertThat(constant.surprisal(-1)).isEqualTo(constant.surprisal(1));
  }

  @Test
  void shouldStandWithFewerValuesThanATail() {
    for (int n = 1; n < 15; n++) {
      Spread few = Spread.learn(normal(n, n), 257);

      assertThat(few.surprisal(0)).isFinite().isNotNegative();
      assertThat(few.surprisal(20)).isFinite().isGreaterThan(few.surprisal(0));
    }
  }

  @Test
  void shouldLetOneAbsurdValueNotHideTheNext() {
    double[] values = normal(400, 1);
    values[399] = 1e9;

    Spread spread = Spread.learn(values, 257);

    assertThat(spread.surprisal(12)).isGreaterThan(8);
  }

  @Test
  void shouldSurpriseByWhatIsNoMoreFrequent() {
    Shares shares = Shares.learn(new double[] {0, 90, 9, 1});

    assertThat(shares.surprisal(1)).isCloseTo(0, within(1e-12));
    assertThat(shares.surprisal(2)).isCloseTo(-Math.log(11.5 / 102), within(1e-12));
    assertThat(shares.surprisal(3)).isCloseTo(-Math.log(2.0 / 102), within(1e-12));
    assertThat(shares.surprisal(0)).isCloseTo(-Math.log(0.5 / 102), within(1e-12));
  }

  @Test
  void shouldRefuseWhatIsNoDistribution() {
    Edge edge = new Edge(1, 1, 0.05);

    assertThatThrownBy(() -> new Spread(new double[] {2, 1}, edge, edge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ascending");
    assertThatThrownBy(() -> new Shares(new double[] {-1})).hasMessageContaining("0 or more");
    assertThatThrownBy(() -> new Edge(1, 0, 0.05)).hasMessageContaining("scale 0.0");
    assertThatThrownBy(() -> new Pool(1, Double.NaN, 1)).hasMessageContaining("NaN");
  }
}
