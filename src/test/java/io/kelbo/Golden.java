package io.kelbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Numbers from numpy: {@code golden/golden.py} made them, and says how. */
public final class Golden {
  private static final Map<String, Double> NUMBERS = read();

  private Golden() {}

  private static Map<String, Double> read() {
    Map<String, Double> numbers = new HashMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/golden.csv")),
                StandardCharsets.UTF_8))) {
      in.lines()
          .map(line -> line.split(","))
          .forEach(cells -> numbers.put(cells[0] + "," + cells[1], Double.parseDouble(cells[2])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return numbers;
  }

  /** {@code a sin(1 + b i)}. */
  public static double[] wave(int n, double a, double b) {
    double[] wave = new double[n];
    Arrays.setAll(wave, i -> a * Math.sin(1 + b * i));
    return wave;
  }

  /** Holds that all numbers of a name were found, relative to their size above 1. */
  public static void assertGolden(String name, double[] found, double tolerance) {
    for (int i = 0; i < found.length; i++) {
      String key = name + "," + i;
      assertThat(NUMBERS).containsKey(key);
      double wanted = NUMBERS.get(key);
      assertThat(found[i]).as(key).isCloseTo(wanted, within(tolerance * (1 + Math.abs(wanted))));
    }
    assertThat(NUMBERS).doesNotContainKey(name + "," + found.length);
  }
}
