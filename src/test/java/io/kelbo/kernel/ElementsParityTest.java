package io.kelbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Number by number, each form against the definition, to the last bit. */
class ElementsParityTest {
  private static final List<Integer> LENGTHS =
      List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 228);

  private static final List<Double> ODD =
      List.of(Double.NaN, 0d, -0d, 1e300, -1e300, Double.MIN_VALUE, Double.MAX_VALUE);

  private final Random random = new Random(5);

  static Stream<Arguments> forms() {
    return Stream.of(KernelChoice.of("scalar", true), KernelChoice.of("vector", true))
        .map(KernelChoice::kernels)
        .flatMap(form -> LENGTHS.stream().map(n -> Arguments.of(form, n)));
  }

  private double[] numbers(int n) {
    double[] numbers = random.doubles(n, -3, 3).toArray();
    for (int i = 0; i < n; i++) {
      numbers[i] = random.nextInt(12) == 0 ? ODD.get(random.nextInt(ODD.size())) : numbers[i];
    }
    return numbers;
  }

  private float[] singles(int n) {
    float[] singles = new float[n];
    double[] numbers = numbers(n);
    for (int i = 0; i < n; i++) {
      singles[i] = (float) numbers[i];
    }
    return singles;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldStandardiseAndSayWhetherAllLieWithinTheLimit(Kernels kernels, int n) {
    for (double odd : new double[] {2, 2.9, -3.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] mean = random.doubles(n, -1, 1).toArray();
      double[] over = random.doubles(n, 0.5, 1).toArray();
      double[] y = random.doubles(n, -1, 1).toArray();
      int place = random.nextInt(n);
      y[place] = mean[place] + odd / over[place];
      double[] wanted = new double[n];
      Arrays.setAll(wanted, i -> (y[i] - mean[i]) * over[i]);

      assertThat(kernels.standardise(y, mean, over, 3)).isEqualTo(Math.abs(odd) < 3);

      assertThat(y).containsExactly(wanted);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldFadeWhatIsKeptAndAddWhatIsNew(Kernels kernels, int n) {
    float[] y = singles(n + 3);
    float[] x = singles(n + 2);
    float[] wanted = y.clone();
    for (int i = 0; i < n; i++) {
      wanted[1 + i] = 0.75f * y[1 + i] + 0.3f * x[2 + i];
    }

    kernels.fade(y, 1, n, 0.75f, x, 2, 0.3f);

    assertThat(y).containsExactly(wanted);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldWidenAndNarrowAsACastDoes(Kernels kernels, int n) {
    float[] x = singles(n + 3);
    double[] wide = numbers(n + 2);
    double[] wanted = wide.clone();
    for (int i = 0; i < n; i++) {
      wanted[2 + i] = x[1 + i];
    }
    kernels.widen(x, 1, n, wide, 2);
    assertThat(wide).containsExactly(wanted);

    double[] precise = numbers(n + 3);
    float[] narrow = singles(n + 1);
    float[] cast = narrow.clone();
    for (int i = 0; i < n; i++) {
      cast[1 + i] = (float) precise[3 + i];
    }
    kernels.narrow(precise, 3, n, narrow, 1);
    assertThat(narrow).containsExactly(cast);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldFindTheNearestOfAnyNumberOfPoints(Kernels kernels, int count) {
    for (int n : new int[] {1, 2, 7, 38}) {
      float[] byPoint = new float[count * n];
      float[] byCoordinate = new float[count * n];
      float[] x = new float[n];
      for (int i = 0; i < n; i++) {
        x[i] = (float) random.nextGaussian();
        for (int m = 0; m < count; m++) {
          byPoint[m * n + i] = (float) random.nextGaussian();
          byCoordinate[i * count + m] = byPoint[m * n + i];
        }
      }
      float[] distances = new float[count];
      kernels.squaredDistances(x, 0, n, byCoordinate, 0, count, distances, 0);
      Arrays.sort(distances);

      float[] blocks = References.byPoint(byPoint, n).blocks();
      assertThat(kernels.nearest(x, n, blocks, 0, blocks.length)).isEqualTo(distances[0]);
      assertThat(References.byCoordinate(byCoordinate, n).squaredDistance(x))
          .isEqualTo(distances[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void shouldFindTheNearestWhereverItStands(Kernels kernels, int count) {
    for (int at = 0; at < count; at++) {
      float[] points = new float[count];
      Arrays.fill(points, 7);
      points[at] = 2;

      References references = References.byPoint(points, 1);
      float[] blocks = references.blocks();
      assertThat(kernels.nearest(new float[1], 1, blocks, 0, blocks.length)).isEqualTo(4);
      assertThat(references.nearest(new float[1])).isEqualTo(at);
    }
    assertThat(kernels.nearest(new float[1], 1, new float[0], 0, 0)).isEqualTo(Float.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 38})
  void shouldSayWhichIsTheNearest(int n) {
    for (int count : new int[] {0, 1, 63, 64, 65, 500}) {
      float[] points = new float[count * n];
      float[] x = new float[n];
      for (int i = 0; i < points.length; i++) {
        points[i] = Math.round(3 * random.nextGaussian()); // some are as near as others
      }
      int wanted = -1;
      float least = Float.MAX_VALUE;
      for (int m = 0; m < count; m++) {
        float sum = 0;
        for (int i = 0; i < n; i++) {
          sum += points[m * n + i] * points[m * n + i];
        }
        if (sum < least) {
          least = sum;
          wanted = m;
        }
      }
      References references = References.byPoint(points, n);

      assertThat(references.nearest(x)).isEqualTo(wanted);
      if (wanted >= 0) {
        assertThat(references.squaredDistance(x, wanted)).isEqualTo(references.squaredDistance(x));
      }
    }
  }
}
