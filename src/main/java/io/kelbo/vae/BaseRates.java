package io.kelbo.vae;

/** Decoder biases of the heads that are not Gaussian, from how often things were seen. */
final class BaseRates {
  // A count that was never seen has no known rate: nothing is far from it.
  private static final double UNKNOWN = 1e12;

  static final double FAR = 10; // deviations of the encoded input

  private BaseRates() {}

  /**
   * Writes biases and, for counts, the dispersion (mean of squared Pearson residuals, at least 1).
   */
  static void fill(Shape s, Rows rows, double[] weights, double[] p) {
    for (int k = 0; k < s.heads().size(); k++) {
      Head head = s.heads().get(k);
      if (head.likelihood() == Likelihood.GAUSSIAN) {
        continue;
      }
      double[] seen = new double[head.width()];
      double total = 0;
      for (int r = 0; r < rows.size(); r++) {
        if (!counts(rows, r, k, head)) {
          continue;
        }
        double target = rows.target(r)[head.at()];
        total += weights[r];
        if (head.likelihood() == Likelihood.CATEGORICAL) {
          seen[(int) target] += weights[r];
        } else {
          seen[0] += weights[r] * target;
        }
      }
      switch (head.likelihood()) {
        case BERNOULLI -> {
          double rate = (seen[0] + 0.5) / (total + 1); // Jeffreys: never 0, never 1
          p[s.decodeBias() + head.at()] = StrictMath.log(rate / (1 - rate));
        }
        case POISSON -> {
          double rate = (seen[0] + 0.5) / Math.max(total, 1); // Jeffreys: never 0
          p[s.decodeBias() + head.at()] = StrictMath.log(rate);
          p[s.logSd() + head.at()] =
              0.5 * StrictMath.log(total > 0 ? dispersion(rows, weights, k, head, rate) : UNKNOWN);
        }
        default -> {
          for (int c = 0; c < head.width(); c++) {
            p[s.decodeBias() + head.at() + c] =
                StrictMath.log((seen[c] + 0.5) / (total + 0.5 * head.width()));
          }
        }
      }
    }
  }

  /** Whether a row is taken: a count far out of its own scale must not set rate and dispersion. */
  private static boolean counts(Rows rows, int r, int k, Head head) {
    return rows.mask(r)[k] != 0
        && (head.likelihood() != Likelihood.POISSON || Math.abs(rows.input(r)[head.at()]) <= FAR);
  }

  /** Mean of the squared Pearson residuals, {@code (x - rate)² / rate}, at least 1. */
  private static double dispersion(Rows rows, double[] weights, int k, Head head, double rate) {
    double total = 0;
    double squares = 0;
    for (int r = 0; r < rows.size(); r++) {
      if (counts(rows, r, k, head)) {
        double off = rows.target(r)[head.at()] - rate;
        total += weights[r];
        squares += weights[r] * off * off;
      }
    }
    return Math.max(1, squares / total / rate);
  }
}
