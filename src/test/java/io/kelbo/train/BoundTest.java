package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundTest {
  @Test
  void shouldBeTheSumOfItsPartsWithNoLatentBelowZero() {
    Map<String, Double> figures =
        Sampled.train(Sampled.runs(1, 600, 1, Sampled::straight), null).figures();

    double[] kl =
        figures.entrySet().stream()
            .filter(figure -> figure.getKey().startsWith("kl_"))
            .mapToDouble(Map.Entry::getValue)
            .toArray();
    double sum = 0;
    for (double part : kl) {
      assertThat(part).isNotNegative();
      sum += part;
    }
    assertThat(kl).isNotEmpty();
    assertThat(figures.get("elbo"))
        .isCloseTo(-(figures.get("elbo_reconstruction") + sum), within(1e-9));
    assertThat(figures.get("active_latents")).isBetween(1.0, (double) kl.length);
  }

  @Test
  void shouldSayWhichShareOfRecordsTheBudgetGrants() {
    Map<String, Double> figures =
        Sampled.train(Sampled.runs(1, 600, 1, Sampled::straight), null).figures();

    assertThat(figures.get("budget_per_record"))
        .isEqualTo(Sampled.SETTINGS.budget().perRecord(figures.get("records_per_day")));
  }
}
