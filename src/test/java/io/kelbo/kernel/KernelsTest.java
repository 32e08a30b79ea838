package io.kelbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each form against the plainest loop: same order, one fma each, so the same bits. */
class KernelsTest {
  private static final List<Integer> AWKWARD =
      List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 38, 63, 64, 203);
  private static final double OUTSIDE = 4711;
  private final Random random = new Random(3);

  /** Both forms at each pair of lengths. */
  static Stream<Arguments> forms() {
    return Stream.of(KernelChoice.of("scalar", true), KernelChoice.of("vector", true))
        .map(KernelChoice::kernels)
        .flatMap(
            form ->
                AWKWARD.stream().flatMap(n -> AWKWARD.stream().map(m -> Arguments.of(form, n, m))));
  }

  private double[] numbers(int count) {
    return random
        .doubles(count, -2, 2)
        .map(v -> Math.abs(v) < 0.2 ? Math.copySign(0, v) : v)
        .toArray();
  }

  /** One in twenty replaced by NaN, an infinity or -0. */
  private double[] odd(double[] numbers) {
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0};
    return Arrays.stream(numbers)
        .map(v -> random.nextInt(20) == 0 ? odd[random.nextInt(odd.length)] : v)
        .toArray();
  }

  private static float[] singles(double[] numbers) {
    float[] singles = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      singles[i] = (float) numbers[i];
    }
    return singles;
  }

  /** The numbers between a margin that nothing may touch. */
  private static double[] within(double[] numbers, int before, int after) {
    double[] all = new double[before + numbers.length + after];
    Arrays.fill(all, OUTSIDE);
    System.arraycopy(numbers, 0, all, before, numbers.length);
    return all;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldMultiplyByWeightsAtAwkwardLengths(Kernels kernels, int inputs, int outputs) {
    double[] x = odd(numbers(inputs));
    double[] w = odd(numbers(inputs * outputs));
    double[] y = odd(numbers(outputs));
    double[] wanted = y.clone();
    for (int i = 0; i < inputs; i++) {
      for (int o = 0; o < outputs && x[i] != 0; o++) {
        wanted[o] = Math.fma(x[i], w[i * outputs + o], wanted[o]);
      }
    }
    double[] out = within(y, 3, 2);

    kernels.multiplyAdd(within(x, 1, 4), 1, inputs, within(w, 5, 1), 5, outputs, out, 3);

    assertThat(out).containsExactly(within(wanted, 3, 2));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldMultiplyByTransposedWeightsAtAwkwardLengths(Kernels kernels, int inputs, int outputs) {
    double[] x = odd(numbers(inputs));
    double[] w = odd(numbers(inputs * outputs));
    double[] y = odd(numbers(outputs));
    double[] wanted = x.clone();
    int eights = outputs / 8 * 8;
    for (int i = 0; i < inputs; i++) {
      double[] sums = new double[8];
      for (int o = 0; o < outputs; o++) {
        int of = outputs < 8 ? 0 : o < eights ? o % 8 : o - outputs + 8;
        sums[of] = Math.fma(y[o], w[i * outputs + o], sums[of]);
      }
      double sum =
          ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
      wanted[i] += sum;
    }
    double[] out = within(x, 2, 3);

    kernels.multiplyAddTransposed(within(y, 4, 1), 4, outputs, within(w, 1, 5), 1, inputs, out, 2);

    assertThat(out).containsExactly(within(wanted, 2, 3));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldAddOuterProductsAtAwkwardLengths(Kernels kernels, int inputs, int outputs) {
    double[] x = odd(numbers(inputs));
    double[] y = odd(numbers(outputs));
    double[] g = odd(numbers(inputs * outputs));
    double[] wanted = g.clone();
    for (int i = 0; i < inputs; i++) {
      for (int o = 0; o < outputs && x[i] != 0; o++) {
        wanted[i * outputs + o] = Math.fma(x[i], y[o], wanted[i * outputs + o]);
      }
    }
    double[] out = within(g, 6, 2);

    kernels.addOuter(within(x, 1, 1), 1, inputs, within(y, 2, 2), 2, outputs, out, 6);

    assertThat(out).containsExactly(within(wanted, 6, 2));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldAddManyOuterProductsInOrderWithWhatIsNotFinite(
      Kernels kernels, int inputs, int outputs) {
    int rows = 5;
    int width = inputs + 3;
    double[] x = odd(numbers(rows * width));
    double[] y = odd(numbers(rows * outputs));
    double[] g = odd(numbers(inputs * outputs));
    double[] wanted = within(g, 6, 2);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < inputs; i++) {
        for (int o = 0; o < outputs; o++) {
          int at = 6 + i * outputs + o;
          wanted[at] = Math.fma(x[r * width + i], y[r * outputs + o], wanted[at]);
        }
      }
    }
    double[] out = within(g, 6, 2);

    kernels.addOuters(x, width, inputs, y, outputs, rows, out, 6);

    assertThat(out).containsExactly(wanted);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldMeasureSquaredDistancesAtAwkwardLengths(Kernels kernels, int n, int count) {
    float[] x = singles(numbers(n));
    float[] r = singles(numbers(n * count));
    double[] wanted = new double[count];
    for (int m = 0; m < count; m++) {
      float sum = 0;
      for (int i = 0; i < n; i++) {
        float off = x[i] - r[i * count + m];
        sum = Math.fma(off, off, sum);
      }
      wanted[m] = sum;
    }
    float[] out = singles(within(numbers(count), 3, 2));

    kernels.squaredDistances(
        singles(within(floats(x), 1, 2)), 1, n, singles(within(floats(r), 2, 1)), 2, count, out, 3);

    assertThat(out).containsExactly(singles(within(wanted, 3, 2)));
  }

  private static double[] floats(float[] singles) {
    double[] numbers = new double[singles.length];
    Arrays.setAll(numbers, i -> singles[i]);
    return numbers;
  }
}
