package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Factor analysis of more columns than a covariance is written down for. */
class WideTableTest {
  private static final int D = 450;
  private static final int L = 2;
  private static final double SD = 0.6;

  // A covariance from 400 rows scatters by about sqrt(2/400) c = 0.07 c; the mean over all pairs of
  // the absolute error stays below one such error of a variance of about 1.4.
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1})
  void shouldFindTheGeneratorOfAWideTable(double missing) {
    double[][] w = Made.loadings(D, L, 8);
    Gaussian truth =
        Gaussian.of(new double[D], w, IntStream.range(0, D).mapToDouble(j -> SD * SD).toArray());
    Rows rows = Made.rows(Made.linear(w, SD, 400, 1), missing, 2);

    Gaussian found = Gaussian.of(Made.factorAnalysis(rows, D, L).network());

    double error = 0;
    double variance = 0;
    for (int i = 0; i < D; i++) {
      variance += truth.covariance()[i][i] / D;
      for (int j = 0; j < D; j++) {
        error += Math.abs(found.covariance()[i][j] - truth.covariance()[i][j]) / D / D;
      }
    }
    assertThat(error).isLessThan(Math.sqrt(2.0 / 400) * variance);
  }

  @Test
  void shouldFindTheLargestEigenvaluesOfAMatrixThatIsOnlyMultiplied() {
    int d = 30;
    Random random = new Random(5);
    double[] c = new double[d * d];
    for (int n = 0; n < 60; n++) {
      double[] x =
          IntStream.range(0, d).mapToDouble(j -> random.nextGaussian() / (1 + j)).toArray();
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          c[j * d + k] += x[j] * x[k] / 60;
        }
      }
    }
    double trace = IntStream.range(0, d).mapToDouble(j -> c[j * d + j]).sum();

    LeadingEigen exact = LeadingEigen.exact(c, d, 3);
    LeadingEigen found = LeadingEigen.of(b -> times(c, b, d, 3), trace, d, 3);

    assertThat(found.values()).containsExactly(exact.values(), within(1e-6));
    assertThat(found.rest()).isCloseTo(exact.rest(), within(1e-6));
    double[] first = Arrays.copyOf(found.vectors(), d);
    double[] same = Arrays.copyOf(exact.vectors(), d);
    double dot = IntStream.range(0, d).mapToDouble(j -> first[j] * same[j]).sum();
    assertThat(Math.abs(dot)).isCloseTo(1, within(1e-9));
  }

  /** {@code C B'} (d, count). */
  private static double[] times(double[] c, double[] b, int d, int count) {
    double[] product = new double[d * count];
    for (int j = 0; j < d; j++) {
      for (int l = 0; l < count; l++) {
        for (int k = 0; k < d; k++) {
          product[j * count + l] += c[j * d + k] * b[l * d + k];
        }
      }
    }
    return product;
  }
}
