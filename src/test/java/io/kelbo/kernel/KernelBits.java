package io.kelbo.kernel;

import java.util.Arrays;
import java.util.Random;

/**
 * Prints a number of all bits that all kernels give, in the form asked for; for {@link WidthsTest}.
 */
final class KernelBits {
  private KernelBits() {}

  public static void main(String[] words) {
    KernelChoice choice = KernelChoice.of(words[0], true);
    System.out.println(bits(choice.kernels()) + " " + choice.reason());
  }

  private static long bits(Kernels kernels) {
    long bits = 0;
    Random random = new Random(9);
    for (int n = 1; n <= 33; n++) {
      for (int m : new int[] {1, 3, 5, 8, 17, 31}) {
        double[] x = numbers(random, n);
        double[] w = numbers(random, n * m);
        double[] y = numbers(random, m);
        kernels.multiplyAdd(x, 0, n, w, 0, m, y, 0);
        bits = mixed(bits, y);
        kernels.multiplyAddTransposed(y, 0, m, w, 0, n, x, 0);
        bits = mixed(bits, x);
        kernels.addOuter(x, 0, n, y, 0, m, w, 0);
        kernels.addOuters(numbers(random, 3 * n), n, n, numbers(random, 3 * m), m, 3, w, 0);
        bits = mixed(bits, w);
        float[] far = new float[m];
        kernels.squaredDistances(singles(x), 0, n, singles(w), 0, m, far, 0);
        for (float f : far) {
          bits = 31 * bits + Float.floatToIntBits(f);
        }
      }
      double[] x = numbers(random, n);
      double[] y = new double[n];
      kernels.exp(x, 0, n, y, 0);
      bits = mixed(bits, y);
      kernels.log(y, 0, n, x, 0);
      bits = mixed(bits, x);
      kernels.silu(x, 0, n, y, 0);
      bits = mixed(bits, y);
      kernels.siluSlope(x, 0, n, y, 0);
      bits = mixed(bits, y);
    }
    return bits;
  }

  private static double[] numbers(Random random, int count) {
    double[] numbers = random.doubles(count, -2, 2).toArray();
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(10) == 0 ? -0.0 : numbers[i];
    }
    return numbers;
  }

  private static float[] singles(double[] numbers) {
    float[] singles = new float[numbers.length];
    for (int i = 0; i < singles.length; i++) {
      singles[i] = (float) numbers[i];
    }
    return singles;
  }

  private static long mixed(long bits, double[] numbers) {
    return 31 * bits + Arrays.hashCode(numbers);
  }
}
