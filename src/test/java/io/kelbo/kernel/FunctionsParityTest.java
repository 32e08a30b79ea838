package io.kelbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** exp, log and SiLU over arrays: both forms give the bits of the plain functions. */
class FunctionsParityTest {
  private static final double[] UNUSUAL = {
    0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    710,
    -709,
    709.79,
    1e300,
    -1e300,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.MIN_NORMAL,
    1,
    -1,
    708,
    -708
  };
  private static final Kernels SCALAR = KernelChoice.of("scalar", true).kernels();
  private static final Kernels VECTOR = KernelChoice.of("vector", true).kernels();

  /** Ordinary numbers of all sizes, every seventh an unusual one where there is room. */
  private static double[] numbers(int n, int seed) {
    Random random = new Random(seed);
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      numbers[i] =
          n > 16 && i % 7 == 3
              ? UNUSUAL[i / 7 % UNUSUAL.length]
              : random.nextGaussian() * Math.exp(3 * random.nextGaussian());
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 63, 203, 2000})
  void shouldGiveTheSameExponentialsInBothForms(int n) {
    double[] x = numbers(n, 1);
    double[] plain = new double[n + 2];
    double[] wide = new double[n + 2];

    SCALAR.exp(x, 0, n, plain, 1);
    VECTOR.exp(x, 0, n, wide, 1);

    assertThat(wide).containsExactly(plain);
    assertThat(plain[1]).isEqualTo(Exponential.exp(x[0]));
    assertThat(wide[0]).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 63, 203, 2000})
  void shouldGiveTheSameLogarithmsInBothForms(int n) {
    double[] x = numbers(n, 2);
    for (int i = 0; i < n; i++) {
      x[i] = i % 5 == 2 ? x[i] : Math.abs(x[i]);
    }
    double[] plain = new double[n + 2];
    double[] wide = new double[n + 2];

    SCALAR.log(x, 0, n, plain, 1);
    VECTOR.log(x, 0, n, wide, 1);

    assertThat(wide).containsExactly(plain);
    assertThat(plain[1]).isEqualTo(Logarithm.log(x[0]));
    assertThat(wide[0]).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16, 63, 203, 2000})
  void shouldGiveTheSameActivationsAndSlopesInBothForms(int n) {
    double[] x = numbers(n, 3);
    double[] plain = new double[n + 2];
    double[] wide = new double[n + 2];
    double[] plainSlope = new double[n];
    double[] wideSlope = new double[n];

    SCALAR.silu(x, 0, n, plain, 1);
    VECTOR.silu(x, 0, n, wide, 1);
    SCALAR.siluSlope(x, 0, n, plainSlope, 0);
    VECTOR.siluSlope(x, 0, n, wideSlope, 0);

    assertThat(wide).containsExactly(plain);
    assertThat(plain[1]).isEqualTo(x[0] * Exponential.sigmoid(x[0]));
    assertThat(wideSlope).containsExactly(plainSlope);
  }
}
