package io.kelbo.impute;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What held-out cells said of the candidates. Error and coverage are those of cells that chose
 * neither weights nor widths: each fifth of the held-out cells speaks for what the others chose.
 *
 * @param weights every candidate that was tried → its mean weight over the places, adding to 1
 * @param leftOut candidate → why it was not tried, or did not count
 * @param cells how many known cells were held out; 0 where there were too few to choose by
 * @param squaredError mean over the cells, in squared standard deviations of their columns
 * @param covered how many of the cells lie in their 90 % interval
 */
public record Findings(
    Map<String, Double> weights,
    Map<String, String> leftOut,
    int cells,
    double squaredError,
    int covered) {
  public Findings {
    weights = new LinkedHashMap<>(weights);
    leftOut = new LinkedHashMap<>(leftOut);
  }

  /** Root of the mean squared error, in standard deviations; NaN where nothing was held out. */
  public double nrmse() {
    return Math.sqrt(squaredError);
  }

  /** The share of held-out cells within their 90 % interval; NaN where nothing was held out. */
  public double coverage() {
    return (double) covered / cells;
  }

  /** Both together, each counting by its cells. */
  public Findings and(Findings other) {
    int all = cells + other.cells;
    double own = all == 0 ? 0.5 : (double) cells / all;
    Map<String, Double> both = new LinkedHashMap<>();
    weights.forEach((name, weight) -> both.merge(name, own * weight, Double::sum));
    other.weights.forEach((name, weight) -> both.merge(name, (1 - own) * weight, Double::sum));
    Map<String, String> without = new LinkedHashMap<>(leftOut);
    other.leftOut.forEach(without::putIfAbsent);
    return new Findings(
        both, without, all, mean(own, squaredError, other), covered + other.covered);
  }

  private double mean(double own, double squares, Findings other) {
    if (cells == 0 || other.cells == 0) {
      return cells == 0 ? other.squaredError : squares;
    }
    return own * squares + (1 - own) * other.squaredError;
  }
}
