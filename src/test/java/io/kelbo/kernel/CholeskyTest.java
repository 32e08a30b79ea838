package io.kelbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
  private final Random random = new Random(11);

  /** (n, n) {@code M M' + I}: positive definite, condition of a few dozen. */
  private double[] positive(int n) {
    double[] m = random.doubles((long) n * n, -1, 1).toArray();
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i * n + j] = i == j ? 1 : 0;
        for (int k = 0; k < n; k++) {
          a[i * n + j] += m[i * n + k] * m[j * n + k];
        }
      }
    }
    return a;
  }

  private static double[] times(double[] a, int n, double[] x) {
    double[] b = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        b[i] += a[i * n + j] * x[j];
      }
    }
    return b;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 17})
  void shouldFactorSolveAndMeasureBack(int n) {
    double[] a = positive(n);
    double[] x = random.doubles(n, -3, 3).toArray();
    double[] b = times(a, n, x);
    double quadratic = 0;
    for (int i = 0; i < n; i++) {
      quadratic += x[i] * b[i]; // b' A^-1 b = x' A x
    }
    double[] factor = a.clone();
    double[] solved = new double[n + 2];
    System.arraycopy(b, 0, solved, 2, n);

    assertThat(Cholesky.factor(factor, n)).isTrue();
    Cholesky.solve(factor, n, solved, 2);

    for (int i = 0; i < n; i++) {
      assertThat(solved[i + 2]).isCloseTo(x[i], within(1e-12 * n));
    }
    assertThat(Cholesky.quadratic(factor, n, b.clone()))
        .isCloseTo(quadratic, within(1e-12 * quadratic));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 12})
  void shouldInvertAndLeaveTheMatrixAlone(int n) {
    double[] a = positive(n);
    double[] before = a.clone();

    double[] inverse = Cholesky.inverse(a, n);

    assertThat(a).containsExactly(before);
    for (int j = 0; j < n; j++) {
      double[] column = new double[n];
      for (int i = 0; i < n; i++) {
        column[i] = inverse[i * n + j];
      }
      double[] unit = times(a, n, column);
      for (int i = 0; i < n; i++) {
        assertThat(unit[i]).isCloseTo(i == j ? 1 : 0, within(1e-12 * n));
      }
    }
  }

  @Test
  void shouldRefuseWhatIsNotPositiveDefinite() {
    assertThat(Cholesky.factor(new double[] {1, 2, 2, 1}, 2)).isFalse();
    assertThat(Cholesky.factor(new double[] {0}, 1)).isFalse();
    assertThat(Cholesky.factor(new double[] {Double.NaN}, 1)).isFalse();
    assertThatThrownBy(() -> Cholesky.inverse(new double[] {1, 2, 2, 1}, 2))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("2 by 2");
  }
}
