package io.kelbo.decide;

import io.kelbo.Golden;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** P-values as numpy has them, by rank and beyond the largest twentieth. */
class GoldenProbabilityTest {
  @Test
  void shouldSayTheProbabilitiesThatNumpySays() {
    double[] scores =
        IntStream.rangeClosed(1, 300)
            .mapToDouble(i -> 10 + 1 / Math.sqrt(i * 0.6180339887498949 % 1))
            .toArray();
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double u = sorted[300 - 15 - 1];
    double[] asked = {8, 11.5, 12.5, u + 0.5, u + 3, u + 40};

    Calibration calibration = Calibration.of(new double[][] {scores});

    Golden.assertGolden("u", new double[] {u}, 1e-12);
    // Kelbo's tail keeps 1e-12 away from a division by zero.
    Golden.assertGolden("p", Arrays.stream(asked).map(calibration::pValue).toArray(), 1e-10);
  }
}
