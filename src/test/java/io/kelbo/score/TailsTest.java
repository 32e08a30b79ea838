package io.kelbo.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Residuals read as a normal's. */
class TailsTest {
  private static double[] draws(int degrees, int count) {
    Random random = new Random(4);
    return DoubleStream.generate(
            () -> {
              double square = 0;
              for (int i = 0; i < degrees; i++) {
                double e = random.nextGaussian();
                square += e * e / degrees;
              }
              return Math.abs(random.nextGaussian()) / (degrees == 0 ? 1 : Math.sqrt(square));
            })
        .limit(count)
        .toArray();
  }

  private static double share(Tails tails, double[] residuals, double level) {
    int below = 0;
    for (double r : residuals) {
      below += Doubts.erfc(Math.sqrt(tails.straight(0, 0.5 * r * r))) < level ? 1 : 0;
    }
    return (double) below / residuals.length;
  }

  @Test
  void shouldLeaveANormalAsItIs() {
    Tails tails = Tails.of(List.of(draws(0, 100_000)));

    assertThat(tails.scales().get(0)).isCloseTo(1, within(0.03));
    assertThat(tails.powers().get(0)).isBetween(0.97, 1.0);
  }

  @Test
  void shouldKeepTheWordOfProbabilitiesWhereTailsAreHeavy() {
    double[] heavy = draws(4, 100_000);

    Tails tails = Tails.of(List.of(heavy));

    assertThat(share(Tails.normal(1), heavy, 0.001)).isGreaterThan(0.02);
    assertThat(share(tails, heavy, 0.01)).isBetween(0.005, 0.02);
    assertThat(share(tails, heavy, 0.001)).isBetween(0.0005, 0.003);
  }

  @Test
  void shouldNotTakeOneInAHundredForATail() {
    double[] residuals = draws(0, 10_000);
    for (int i = 0; i < residuals.length; i += 100) {
      residuals[i] = 12;
    }

    Tails tails = Tails.of(List.of(residuals));

    assertThat(Doubts.erfc(Math.sqrt(tails.straight(0, 72)))).isLessThan(1e-6);
  }

  @Test
  void shouldTakeFewResidualsForANormals() {
    assertThat(Tails.of(List.of(draws(4, 99)))).isEqualTo(Tails.normal(1));
  }

  @Test
  void shouldRefuseWhatIsNone() {
    assertThatThrownBy(() -> new Tails(List.of(0.0), List.of(1.0)))
        .hasMessageContaining("scales [0.0]");
    assertThatThrownBy(() -> new Tails(List.of(1.0), List.of(2.0)))
        .hasMessageContaining("powers [2.0]");
  }
}
