package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorAnalysisTest {
  private static final int D = 6;
  private static final int L = 2;
  private static final double SD = 0.6;
  private static final double[][] W = Made.loadings(D, L, 8);
  private static final Gaussian GENERATOR =
      Gaussian.of(new double[D], W, IntStream.range(0, D).mapToDouble(j -> SD * SD).toArray());

  private static Moments moments(Rows rows, double[] weights) {
    int[] places = IntStream.range(0, rows.mask(0).length).toArray();
    return new Moments(rows, places, places, weights);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Gaussian gaussian(FactorAnalysis fa) {
    double[][] w = new double[fa.d][fa.latent];
    for (int j = 0; j < fa.d; j++) {
      w[j] = Arrays.copyOfRange(fa.loadings, j * fa.latent, (j + 1) * fa.latent);
    }
    return Gaussian.of(fa.bias, w, fa.psi);
  }

  private static double logLikelihood(Gaussian gaussian, Rows rows, double[] weights) {
    double sum = 0;
    for (int r = 0; r < rows.size(); r++) {
      boolean[] observed = new boolean[rows.mask(r).length];
      for (int j = 0; j < observed.length; j++) {
        observed[j] = rows.mask(r)[j] != 0;
      }
      sum += weights[r] * gaussian.logDensity(rows.input(r), observed);
    }
    return sum;
  }

  private static void assertCloseToGenerator(Gaussian found, double tolerance) {
    for (int i = 0; i < D; i++) {
      assertThat(found.mean()[i]).as("mean %d", i).isCloseTo(0, within(tolerance));
      for (int j = 0; j < D; j++) {
        assertThat(found.covariance()[i][j])
            .as("covariance %d, %d", i, j)
            .isCloseTo(GENERATOR.covariance()[i][j], within(tolerance));
      }
    }
  }

  // A covariance from n rows scatters by about sqrt(2/n) c: 0.03 c for 2000 rows; four of them.
  @Test
  void shouldFindTheGenerator() {
    Rows rows = Made.rows(Made.linear(W, SD, 2000, 1), 0, 1);

    assertCloseToGenerator(Gaussian.of(Made.factorAnalysis(rows, D, L).network()), 0.2);
  }

  @Test
  void shouldFindTheGeneratorWhereOneCellInFiveIsMissing() {
    Rows rows = Made.rows(Made.linear(W, SD, 2000, 1), 0.2, 2);

    assertCloseToGenerator(Gaussian.of(Made.factorAnalysis(rows, D, L).network()), 0.22);
  }

  @Test
  void shouldFindTheGeneratorAmongGrossOutliers() {
    List<double[]> data = Made.linear(W, SD, 2000, 1);
    Random random = new Random(3);
    for (int r = 0; r < data.size(); r += 20) { // 5 %, as far out as the squash lets through
      for (int j = 0; j < D; j++) {
        data.get(r)[j] = (random.nextBoolean() ? 1 : -1) * (10 + 2 * random.nextDouble());
      }
    }

    LinearStart.Fitted fitted = Made.factorAnalysis(Made.rows(data, 0, 1), D, L);

    // Down-weighting makes variances of normal rows too small by some tenth as well.
    assertCloseToGenerator(Gaussian.of(fitted.network()), 0.5);
    assertThat(fitted.weights()[20]).isLessThan(0.2);
    assertThat(fitted.weights()[21]).isGreaterThan(0.4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.7})
  void shouldNeverLoseLikelihoodByAStep(double missing) {
    List<double[]> data = Made.linear(W, SD, 250, 5);
    for (double[] row : data) {
      row[0] = 3 + 2 * row[0]; // neither centred nor of unit scale
    }
    Rows rows = Made.rows(data, missing, 6);
    double[] weights = new Random(4).doubles(rows.size(), 0.2, 1.4).toArray();
    double before = Double.NEGATIVE_INFINITY;

    for (int steps = 0; steps <= 15; steps++) {
      FactorAnalysis fa =
          FactorAnalysis.fit(moments(rows, weights), L, 1e-4, new boolean[D], steps);
      double now = logLikelihood(gaussian(fa), rows, weights);

      assertThat(now).as("after %d steps", steps).isGreaterThan(before - 1e-6);
      before = now;
    }
  }

  @Test
  void shouldTurnItsLatentsSoThatThePosteriorIsDiagonal() {
    Rows rows = Made.rows(Made.linear(W, SD, 300, 1), 0, 1);

    FactorAnalysis fa = FactorAnalysis.fit(moments(rows, ones(300)), L, 0.01, new boolean[D], 15);
    double[] g = fa.posterior(ones(D));

    assertThat(g[1]).isCloseTo(0, within(1e-12));
    assertThat(g[2]).isCloseTo(0, within(1e-12));
    assertThat(g[0]).isLessThanOrEqualTo(g[3]); // best known first
  }

  @Test
  void shouldStandFieldsThatNeverChangeOrNeverCome() {
    List<double[]> data = new ArrayList<>(Made.linear(W, SD, 200, 1));
    data.forEach(row -> row[2] = 0);
    Rows rows = Made.rows(data, 0, 1);
    for (int r = 0; r < rows.size(); r++) {
      rows.mask(r)[4] = 0;
    }
    boolean[] fixed = {false, false, true, false, true, false};

    Network network = LinearStart.fit(Made.gaussians(D), rows, L, fixed).network();

    assertThat(network.psi(2)).isEqualTo(1);
    assertThat(network.psi(4)).isEqualTo(1);
    Gaussian found = Gaussian.of(network);
    for (int j = 0; j < D; j++) {
      if (j != 4) {
        assertThat(found.covariance()[4][j])
            .as("nothing is known of it")
            .isCloseTo(0, within(1e-12));
      }
    }
    assertThat(found.covariance()[0][1]).isCloseTo(GENERATOR.covariance()[0][1], within(0.5));
  }

  @Test
  void shouldFitMoreLatentsThanFieldsAndOneFieldAlone() {
    List<double[]> data = Made.linear(Made.loadings(1, 1, 1), SD, 2000, 1);

    Network network = Made.factorAnalysis(Made.rows(data, 0, 1), 1, 4).network();

    double variance = data.stream().mapToDouble(x -> x[0] * x[0]).average().orElseThrow();
    assertThat(network.shape().latent()).isEqualTo(1);
    assertThat(Gaussian.of(network).covariance()[0][0]).isCloseTo(variance, within(0.2));
  }
}
