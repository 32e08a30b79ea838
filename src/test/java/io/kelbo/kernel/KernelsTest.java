package io.kelbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each product against the plainest loop: same order, one fma each, so the same bits. */
class KernelsTest {
  private static final double OUTSIDE = 4711;
  private final Random random = new Random(3);
  private final Kernels kernels = Kernels.best();

  private double[] numbers(int count) {
    return random.doubles(count, -2, 2).map(v -> Math.abs(v) < 0.2 ? 0 : v).toArray();
  }

  /** The numbers between a margin that nothing may touch. */
  private static double[] within(double[] numbers, int before, int after) {
    double[] all = new double[before + numbers.length + after];
    Arrays.fill(all, OUTSIDE);
    System.arraycopy(numbers, 0, all, before, numbers.length);
    return all;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "7,1", "8,9", "9,8", "63,203", "203,63"})
  void shouldMultiplyByWeightsAtAwkwardLengths(int inputs, int outputs) {
    double[] x = numbers(inputs);
    double[] w = numbers(inputs * outputs);
    double[] y = numbers(outputs);
    double[] wanted = y.clone();
    for (int i = 0; i < inputs; i++) {
      for (int o = 0; o < outputs; o++) {
        wanted[o] = Math.fma(x[i], w[i * outputs + o], wanted[o]);
      }
    }
    double[] out = within(y, 3, 2);

    kernels.multiplyAdd(within(x, 1, 4), 1, inputs, within(w, 5, 1), 5, outputs, out, 3);

    assertThat(out).containsExactly(within(wanted, 3, 2));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "7,1", "8,9", "9,8", "63,203", "203,63"})
  void shouldMultiplyByTransposedWeightsAtAwkwardLengths(int inputs, int outputs) {
    double[] x = numbers(inputs);
    double[] w = numbers(inputs * outputs);
    double[] y = numbers(outputs);
    double[] wanted = x.clone();
    for (int i = 0; i < inputs; i++) {
      double sum = 0;
      for (int o = 0; o < outputs; o++) {
        sum = Math.fma(y[o], w[i * outputs + o], sum);
      }
      wanted[i] += sum;
    }
    double[] out = within(x, 2, 3);

    kernels.multiplyAddTransposed(within(y, 4, 1), 4, outputs, within(w, 1, 5), 1, inputs, out, 2);

    assertThat(out).containsExactly(within(wanted, 2, 3));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "7,1", "8,9", "9,8", "63,203", "203,63"})
  void shouldAddOuterProductsAtAwkwardLengths(int inputs, int outputs) {
    double[] x = numbers(inputs);
    double[] y = numbers(outputs);
    double[] g = numbers(inputs * outputs);
    double[] wanted = g.clone();
    for (int i = 0; i < inputs; i++) {
      for (int o = 0; o < outputs; o++) {
        wanted[i * outputs + o] = Math.fma(x[i], y[o], wanted[i * outputs + o]);
      }
    }
    double[] out = within(g, 6, 2);

    kernels.addOuter(within(x, 1, 1), 1, inputs, within(y, 2, 2), 2, outputs, out, 6);

    assertThat(out).containsExactly(within(wanted, 6, 2));
  }
}
