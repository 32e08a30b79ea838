package io.kelbo.decide;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the score of a record alone is held against.
 *
 * @param calibration scores of entities as if none were odd
 * @param odd those that are
 */
public record Standard(Calibration calibration, OddEntities odd) {
  /** An entity's scores in a row, out of sample. */
  @SuppressWarnings("ArrayRecordComponent") // short-lived
  public record Stretch(String entity, double[] scores) {}

  /** Of entities that are not followed. */
  public static Standard ofRecords(List<Stretch> stretches) {
    return new Standard(calibration(stretches.stream().map(Stretch::scores)), OddEntities.NONE);
  }

  /** Of entities that are followed, each held against its own median. */
  public static Standard ofEntities(List<Stretch> stretches) {
    Calibration all = calibration(stretches.stream().map(Stretch::scores));
    Map<String, double[]> scores = new LinkedHashMap<>();
    for (Stretch stretch : stretches) {
      scores.merge(stretch.entity(), stretch.scores(), Standard::joined);
    }
    OddEntities odd = OddEntities.of(scores, all);
    Stream<double[]> among = stretches.stream().map(stretch -> among(stretch, odd, all));
    return new Standard(calibration(among), odd);
  }

  private static double[] among(Stretch stretch, OddEntities odd, Calibration all) {
    Oddness own = odd.of(stretch.entity());
    return Arrays.stream(stretch.scores()).map(score -> own.among(all, score)).toArray();
  }

  private static double[] joined(double[] some, double[] more) {
    double[] both = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, both, some.length, more.length);
    return both;
  }

  private static Calibration calibration(Stream<double[]> scores) {
    return Calibration.of(scores.toArray(double[][]::new));
  }

  /**
   * Where nothing is known of an entity but this.
   *
   * @param score of a record alone, in nats
   */
  public double pValue(String entity, double score) {
    return calibration.pValue(odd.of(entity).among(calibration, score));
  }
}
