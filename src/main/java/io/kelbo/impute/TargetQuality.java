package io.kelbo.impute;

import java.util.LinkedHashMap;
import java.util.Map;

/** How good predictions were, where the truth is known. */
final class TargetQuality {
  private static final int BINS = 10;
  private static final double SMALLEST = 1e-12; // of a chance, in logarithms

  private TargetQuality() {}

  /**
   * @param truth (rows), NaN where unknown
   * @param value (rows)
   * @param sd (rows)
   * @return rows, rmse, r2, coverage_90
   */
  static Map<String, Object> ofValues(double[] truth, double[] value, double[] sd) {
    int n = 0;
    double mean = 0;
    for (double t : truth) {
      if (!Double.isNaN(t)) {
        n++;
        mean += (t - mean) / n;
      }
    }
    double squares = 0;
    double spread = 0;
    int inside = 0;
    for (int r = 0; r < truth.length; r++) {
      if (!Double.isNaN(truth[r])) {
        double off = value[r] - truth[r];
        squares += off * off;
        spread += (truth[r] - mean) * (truth[r] - mean);
        inside += Math.abs(off) <= Imputation.Z90 * sd[r] ? 1 : 0;
      }
    }
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("rows", n);
    if (n > 0) {
      found.put("rmse", Math.sqrt(squares / n));
      found.put("coverage_90", (double) inside / n);
    }
    if (spread > 0) {
      found.put("r2", 1 - squares / spread);
    }
    return found;
  }

  /**
   * The calibration error is the mean distance between how sure the answers were and how often they
   * were right, over ten bins of sureness (Naeini et al. 2015).
   *
   * @param truth (rows), -1 where unknown
   * @param chances (rows)(classes); rows of NaN do not count
   * @return rows, accuracy, log_loss, calibration_error
   */
  static Map<String, Object> ofClasses(int[] truth, double[][] chances) {
    int n = 0;
    int right = 0;
    double loss = 0;
    double[] sure = new double[BINS];
    double[] hit = new double[BINS];
    for (int r = 0; r < truth.length; r++) {
      if (truth[r] < 0 || Double.isNaN(chances[r][0])) {
        continue;
      }
      int best = likeliest(chances[r]);
      int bin = Math.min(BINS - 1, (int) (BINS * chances[r][best]));
      n++;
      right += best == truth[r] ? 1 : 0;
      loss -= StrictMath.log(Math.max(SMALLEST, chances[r][truth[r]]));
      sure[bin] += chances[r][best];
      hit[bin] += best == truth[r] ? 1 : 0;
    }
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("rows", n);
    if (n > 0) {
      double error = 0;
      for (int b = 0; b < BINS; b++) {
        error += Math.abs(sure[b] - hit[b]) / n;
      }
      found.put("accuracy", (double) right / n);
      found.put("log_loss", loss / n);
      found.put("calibration_error", error);
    }
    return found;
  }

  static int likeliest(double[] chances) {
    int best = 0;
    for (int c = 1; c < chances.length; c++) {
      best = chances[c] > chances[best] ? c : best;
    }
    return best;
  }
}
