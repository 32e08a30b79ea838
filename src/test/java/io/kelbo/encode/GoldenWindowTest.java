package io.kelbo.encode;

import io.kelbo.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A window cut as numpy cuts it. */
class GoldenWindowTest {
  @Test
  void shouldCutTheWindowThatNumpyCuts() {
    Windows windows =
        new Windows(new int[] {0, 1}, new double[] {0.5, 45}, new double[] {0.8, 12}, 32, 2);
    double[] values = new double[64];
    for (int t = 0; t < 32; t++) {
      values[2 * t] = 3 * Math.sin(1 + 0.3 * t);
      values[2 * t + 1] = t == 20 ? Double.NaN : 50 + 20 * Math.cos(0.1 * t * t);
    }
    double[] sums = new double[66];
    double[] window = new double[12];

    windows.standardise(values, sums);
    windows.cut(new WindowShape(List.of(1, 4), 3, false, false), values, sums, window);

    Golden.assertGolden("window", window, 1e-12);
  }
}
