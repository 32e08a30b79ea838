package io.kelbo.backtest;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How well scores rank strange rows above normal ones. Equal scores are one step: their order must
 * neither help nor hurt.
 *
 * @param prAuc average precision, in [0, 1]: the step-wise area under precision over recall
 * @param rocAuc chance that a strange row has a higher score than a normal one, in [0, 1]
 */
public record RankQuality(double prAuc, double rocAuc) {
  /**
   * @param scores (rows), higher is stranger
   * @param strange (rows)
   * @return NaN for both unless there are strange and normal rows
   */
  public static RankQuality of(double[] scores, boolean[] strange) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> scores[i]).reversed());
    double positives = 0;
    for (boolean one : strange) {
      positives += one ? 1 : 0;
    }
    double negatives = scores.length - positives;
    if (positives == 0 || negatives == 0) {
      return new RankQuality(Double.NaN, Double.NaN);
    }
    double tp = 0;
    double fp = 0;
    double precisions = 0;
    double area = 0;
    for (int from = 0; from < order.length; ) {
      double hits = 0;
      int to = from;
      for (; to < order.length && scores[order[to]] == scores[order[from]]; to++) {
        hits += strange[order[to]] ? 1 : 0;
      }
      double misses = to - from - hits;
      area += misses * (tp + 0.5 * hits);
      tp += hits;
      fp += misses;
      precisions += hits * tp / (tp + fp);
      from = to;
    }
    return new RankQuality(precisions / positives, area / (positives * negatives));
  }
}
