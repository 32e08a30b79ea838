package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same numbers as numpy: {@code golden/golden.py} made them, and says how. */
class GoldenNumbersTest {
  private static final Map<String, Double> GOLDEN = new HashMap<>();

  @BeforeAll
  static void readGoldenNumbers() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    GoldenNumbersTest.class.getResourceAsStream("/golden/golden.csv")),
                StandardCharsets.UTF_8))) {
      in.lines()
          .map(line -> line.split(","))
          .forEach(cells -> GOLDEN.put(cells[0] + cells[1], Double.parseDouble(cells[2])));
    }
  }

  private static double[] wave(int n, double a, double b) {
    double[] wave = new double[n];
    Arrays.setAll(wave, i -> a * Math.sin(1 + b * i));
    return wave;
  }

  /** Sums of a few dozen terms of size 1: 1e-12 is some thousand times their rounding. */
  private static void assertGolden(String name, double[] found, double tolerance) {
    for (int i = 0; i < found.length; i++) {
      String key = name + i;
      assertThat(GOLDEN).containsKey(key);
      assertThat(found[i]).as(key).isCloseTo(GOLDEN.get(key), within(tolerance));
    }
  }

  @Test
  void shouldEncodeAndDecodeAsNumpyDoes() {
    Shape shape = new Shape(Made.gaussians(5), 2, 3);
    Network network = new Network(shape, wave(shape.parameters(), 0.6, 0.7));
    Workspace w = new Workspace(shape);
    for (int row = 0; row < 3; row++) {
      System.arraycopy(wave(5, 1.5, 0.9 + row), 0, w.input, 0, 5);
      Arrays.fill(w.mask, 1);
      w.mask[row] = 0;

      network.encode(w);
      network.decode(w);

      assertGolden("mean" + row, w.z, 1e-12);
      assertGolden("logvar" + row, w.logVar, 1e-12);
      assertGolden("eta" + row, w.eta, 1e-12);
    }
  }

  @ParameterizedTest
  @CsvSource({"complete,false", "holed,true"})
  void shouldAnalyseFactorsAsNumpyDoes(String name, boolean holes) {
    Rows rows = new Rows();
    Workspace w = new Workspace(new Shape(Made.gaussians(4), 1, 0));
    for (int r = 0; r < 40; r++) {
      for (int j = 0; j < 4; j++) {
        w.mask[j] = holes && (3 * r + j) % 7 == 0 ? 0 : 1;
        w.input[j] = Math.sin(0.7 * r + j) + 0.5 * Math.cos(1.9 * r * (j + 1)) + 0.1 * j;
      }
      rows.add(w);
    }
    int[] places = IntStream.range(0, 4).toArray();
    double[] weights = new double[40];
    Arrays.fill(weights, 1);

    FactorAnalysis fa =
        FactorAnalysis.fit(new Moments(rows, places, places, weights), 2, 0.01, new boolean[4], 15);

    double[] covariance = new double[16]; // W alone is known up to a rotation
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        covariance[i * 4 + j] = i == j ? fa.psi[i] : 0;
        for (int l = 0; l < 2; l++) {
          covariance[i * 4 + j] += fa.loadings[i * 2 + l] * fa.loadings[j * 2 + l];
        }
      }
    }
    // Fifteen steps of EM carry rounding on; both sides sum 40 rows in a different order.
    assertGolden(name + "_covariance", covariance, 1e-9);
    assertGolden(name + "_mean", fa.bias, 1e-9);
    assertGolden(name + "_psi", fa.psi, 1e-9);
  }
}
