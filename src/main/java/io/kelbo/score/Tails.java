package io.kelbo.score;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How far out residuals of each field lie, so that their deviations can be read as a normal's:
 * {@code r' = scale r^power}, which agrees with a normal where one in ten and one in fifty lie
 * beyond. Not learned from farther out: there may be what is to be found.
 *
 * @param scales (fields), positive
 * @param powers (fields), 1 for a normal, less where tails are heavier
 */
public record Tails(List<Double> scales, List<Double> powers) {
  private static final double TENTH = 1.6448536269514722; // two-sided standard normal
  private static final double FIFTIETH = 2.3263478740408408;
  private static final int LEAST = 100; // residuals: fewer have no fiftieth
  private static final double HEAVIEST = 0.4;
  // Of columns that hardly change most residuals are next to nothing.
  private static final double LARGEST = 1.5;

  public Tails {
    scales = List.copyOf(scales);
    powers = List.copyOf(powers);
    if (scales.size() != powers.size()
        || scales.stream().anyMatch(v -> !(v > 0 && v <= LARGEST))
        || powers.stream().anyMatch(v -> !(v >= HEAVIEST && v <= 1))) {
      throw new IllegalArgumentException(
          "tails have scales %s, which must lie above 0 and up to %s, and powers %s, from %s to 1"
              .formatted(scales, LARGEST, powers, HEAVIEST));
    }
  }

  /** Those of a normal. */
  public static Tails normal(int fields) {
    List<Double> ones = Collections.nCopies(fields, 1.0);
    return new Tails(ones, ones);
  }

  /**
   * @param residuals (fields) of absolute deviations given the other fields, in any order
   */
  public static Tails of(List<double[]> residuals) {
    Double[] scales = new Double[residuals.size()];
    Double[] powers = new Double[scales.length];
    for (int j = 0; j < scales.length; j++) {
      double[] sorted = residuals.get(j).clone();
      Arrays.sort(sorted);
      double tenth = sorted.length < LEAST ? TENTH : sorted[(int) (0.9 * sorted.length)];
      double fiftieth = sorted.length < LEAST ? FIFTIETH : sorted[(int) (0.98 * sorted.length)];
      double ratio = StrictMath.log(fiftieth / Math.max(tenth, 1e-12));
      double power = StrictMath.log(FIFTIETH / TENTH) / Math.max(ratio, 1e-12);
      powers[j] = Math.max(HEAVIEST, Math.min(1, power));
      double scale = TENTH / StrictMath.pow(Math.max(tenth, 1e-12), powers[j]);
      scales[j] = Math.min(LARGEST, Math.max(1e-6, scale));
    }
    return new Tails(List.of(scales), List.of(powers));
  }

  /** Nats {@code ½ r²} of a field as a normal's. */
  double straight(int field, double nats) {
    double r = scales.get(field) * StrictMath.pow(Math.sqrt(2 * nats), powers.get(field));
    return 0.5 * r * r;
  }
}
