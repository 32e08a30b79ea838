package io.kelbo.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.kernel.SymmetricEigen;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RotationTest {
  private final Rotation rotation = new Rotation();
  private final Random random = new Random(9);

  private double[] leading(double... a) {
    System.arraycopy(a, 0, rotation.matrix(), 0, 9);
    return rotation.leading();
  }

  /** {@code A A'} of three vectors of as many numbers as the rank. */
  private double[] gram(int rank, double size) {
    double[] v = random.doubles(3L * rank).map(u -> size * random.nextGaussian()).toArray();
    double[] gram = new double[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < rank; k++) {
          gram[3 * i + j] += v[i * rank + k] * v[j * rank + k];
        }
      }
    }
    return gram;
  }

  private static double quadratic(double[] a, double[] vectors, int k, int l) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        sum += vectors[2 * i + k] * a[3 * i + j] * vectors[2 * j + l];
      }
    }
    return sum;
  }

  /** The two vectors diagonalise the matrix and have its two largest eigenvalues. */
  private void assertLeading(double[] a) {
    double[] vectors = leading(a).clone();

    double[] values = SymmetricEigen.of(a, 3).values();
    double size = Math.max(values[0], 1e-300);
    double[] one = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    for (int k = 0; k < 2; k++) {
      assertThat(quadratic(one, vectors, k, k)).isCloseTo(1, within(1e-12));
      assertThat(quadratic(a, vectors, k, k)).isCloseTo(values[k], within(1e-12 * size));
    }
    assertThat(quadratic(one, vectors, 0, 1)).isCloseTo(0, within(1e-12));
    assertThat(quadratic(a, vectors, 0, 1)).isCloseTo(0, within(1e-12 * size));
  }

  @Test
  void shouldFindTheLeadingDirectionsThatTheGeneralMethodFinds() {
    for (int i = 0; i < 500; i++) {
      double[] a = gram(3, Math.exp(10 * random.nextGaussian()));
      double[] general = SymmetricEigen.of(a, 3).vectors();

      double[] vectors = leading(a).clone();

      for (int k = 0; k < 2; k++) {
        double along = 0;
        for (int j = 0; j < 3; j++) {
          along += vectors[2 * j + k] * general[3 * j + k];
        }
        assertThat(Math.abs(along)).isCloseTo(1, within(1e-6)); // values may lie near each other
      }
      assertLeading(a);
    }
  }

  @Test
  void shouldStandValuesThatAreZeroOrEqual() {
    for (int i = 0; i < 100; i++) {
      assertLeading(gram(1, 3));
      assertLeading(gram(2, 3));
    }
    assertLeading(new double[9]);
    assertLeading(new double[] {2, 0, 0, 0, 2, 0, 0, 0, 2});
    assertLeading(new double[] {1, 0, 0, 0, 5, 0, 0, 0, 5});
    assertLeading(new double[] {5, 0, 0, 0, 1, 0, 0, 0, 5});
    assertLeading(new double[] {2, 1, 1, 1, 2, 1, 1, 1, 2}); // 4, 1, 1
    assertLeading(new double[] {1, 1, 0, 1, 1, 0, 0, 0, 2}); // 2, 2, 0
  }

  @Test
  void shouldStandTheSmallestAndTheLargestNumbers() {
    for (double size : new double[] {1e-40, 1e-20, 1e20, 1e40}) {
      assertLeading(gram(3, size));
    }
    assertThat(leading(1e300, 1e-300, 0, 1e-300, 1, 0, 0, 0, 1e-300))
        .satisfies(v -> assertThat(Arrays.stream(v).allMatch(Double::isFinite)).isTrue());
  }
}
