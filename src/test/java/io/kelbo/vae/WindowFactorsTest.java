package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowFactorsTest {
  private static final int D = 8;

  private static SecondMoments moments(List<double[]> rows) {
    SecondMoments sums = new SecondMoments(D);
    rows.forEach(sums::add);
    return sums;
  }

  @Test
  void shouldLeaveABlockOutAsIfItHadNeverBeenAdded() {
    List<double[]> rows = Made.linear(Made.loadings(D, 2, 1), 0.4, 300, 2);
    SecondMoments all = moments(rows);

    SecondMoments rest = all.without(moments(rows.subList(100, 200)));

    SecondMoments plain = moments(rows.subList(0, 100));
    rows.subList(200, 300).forEach(plain::add);
    assertThat(rest.weight()).isEqualTo(200);
    assertThat(rest.sum()).containsExactly(plain.sum(), within(1e-11));
    assertThat(rest.products()).containsExactly(plain.products(), within(1e-11));
  }

  @Test
  void shouldTakeAsManyLatentsAsHoldTheShare() {
    List<double[]> rows = Made.linear(Made.loadings(D, 3, 1), 0.05, 2000, 2);

    assertThat(WindowFactors.fit(moments(rows), 0.95, 7).shape().latent()).isEqualTo(3);
    assertThat(WindowFactors.fit(moments(rows), 0.95, 2).shape().latent()).isEqualTo(2);
    assertThat(WindowFactors.fit(moments(rows), 0.01, 7).shape().latent()).isEqualTo(2);
  }

  /** The covariance of the network is that of the rows. */
  @Test
  void shouldSayWhatTheRowsLookLike() {
    List<double[]> rows = Made.linear(Made.loadings(D, 2, 1), 0.5, 20_000, 3);

    double[][] learned = Gaussian.of(WindowFactors.fit(moments(rows), 0.5, 2)).covariance();

    double[][] w = Made.loadings(D, 2, 1);
    for (int i = 0; i < D; i++) {
      for (int j = 0; j < D; j++) {
        double truth = w[i][0] * w[j][0] + w[i][1] * w[j][1] + (i == j ? 0.25 : 0);
        assertThat(learned[i][j]).isCloseTo(truth, within(0.06)); // 20,000 rows: ± .02 and EM
      }
    }
  }
}
