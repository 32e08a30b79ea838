package io.kelbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  private static double[] symmetric(int n, long seed) {
    Random random = new Random(seed);
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i * n + j] = random.nextGaussian();
        a[j * n + i] = a[i * n + j];
      }
    }
    return a;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 30})
  void shouldGiveBackTheMatrixLargestValueFirst(int n) {
    double[] a = symmetric(n, n);

    SymmetricEigen eigen = SymmetricEigen.of(a, n);

    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        double product = 0;
        for (int k = 0; k < n; k++) {
          double vi = eigen.vectors()[i * n + k];
          sum += vi * eigen.values()[k] * eigen.vectors()[j * n + k];
          product += vi * eigen.vectors()[j * n + k];
        }
        assertThat(sum).as("A(%d, %d)", i, j).isCloseTo(a[i * n + j], within(1e-11));
        assertThat(product).as("V V'(%d, %d)", i, j).isCloseTo(i == j ? 1 : 0, within(1e-11));
      }
    }
    for (int k = 1; k < n; k++) {
      assertThat(eigen.values()[k]).isLessThanOrEqualTo(eigen.values()[k - 1]);
    }
  }

  @Test
  void shouldFixSignsByTheLargestEntry() {
    int n = 7;
    SymmetricEigen eigen = SymmetricEigen.of(symmetric(n, 5), n);

    for (int k = 0; k < n; k++) {
      double largest = 0;
      for (int i = 0; i < n; i++) {
        double entry = eigen.vectors()[i * n + k];
        largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
      }
      assertThat(largest).as("vector %d", k).isPositive();
    }
  }

  @Test
  void shouldTakeZeroAndRepeatedValues() {
    assertThat(SymmetricEigen.of(new double[9], 3).values()).containsExactly(0, 0, 0);
    assertThat(SymmetricEigen.of(new double[] {2, 0, 0, 2}, 2).values()).containsExactly(2, 2);
  }

  @Test
  void shouldRefuseNumbersThatAreNotFiniteInsteadOfRunningForEver() {
    assertThatThrownBy(() -> SymmetricEigen.of(new double[] {1, Double.NaN, Double.NaN, 1}, 2))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> SymmetricEigen.of(new double[] {1, 0, 0, Double.POSITIVE_INFINITY}, 2))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void shouldStandSubnormalEntries() {
    double tiny = Double.MIN_VALUE;
    double[] a = new double[25];
    a[9] = tiny;
    a[19] = tiny;
    a[21] = tiny;
    a[23] = tiny;
    a[24] = 0.22;

    assertThat(SymmetricEigen.of(a, 5).values()).containsExactly(0.22, 0, 0, 0, 0);
    assertThat(SymmetricEigen.of(new double[] {tiny, tiny, tiny, tiny}, 2).values())
        .containsExactly(0, 0);
  }
}
