package io.kelbo.decide;

/**
 * The generalised Pareto tail beyond the threshold {@code u}: {@code P(S > s) = share (1 + ξ (s -
 * u) / σ)^(-1/ξ)}, fitted by probability-weighted moments (Hosking and Wallis 1987).
 *
 * @param u where the tail begins, in nats
 * @param sigma scale, positive
 * @param xi shape, within 0 and 0.9, drawn towards 0.1 where the excesses are few: a tail that ends
 *     would promise the impossible
 * @param share of the scores beyond {@code u}
 */
public record Tail(double u, double sigma, double xi, double share) {
  private static final double TAIL_SHARE = 0.05;
  private static final int LEAST_IN_TAIL = 10;
  // A shape from some twenty excesses is mostly noise: it is drawn towards a mild heavy tail, as if
  // this many excesses had been seen that have it.
  private static final double PRIOR_SHAPE = 0.1;
  private static final double PRIOR_WEIGHT = 30;
  private static final double MOST_SHAPE = 0.9;
  private static final double EXPONENTIAL_BELOW = 1e-3;
  // An excess counts for at most this many medians: one absurd record among those learned from
  // would otherwise set the scale, and nothing would be strange until the next training. It costs
  // little where tails are heavy: 1.5e-3 instead of 1.1e-3 at a nominal 1e-3, Student's t with 3.
  private static final double MOST_MEDIANS = 30;
  // Scores of a quiet signal are all but equal: a hair more must not be the end of the world.
  private static final double SMALLEST_SIGMA = 0.1;

  /**
   * @param sorted ascending, at least 20 scores
   */
  static Tail fit(double[] sorted) {
    int m = sorted.length;
    int j = Math.max(LEAST_IN_TAIL, (int) (TAIL_SHARE * m));
    double u = sorted[m - j - 1];
    double median = sorted[m - j + j / 2] - u;
    double most = median > 0 ? MOST_MEDIANS * median : Double.MAX_VALUE;
    double first = 0;
    double second = 0;
    for (int i = 0; i < j; i++) {
      double excess = Math.min(sorted[m - j + i] - u, most);
      first += excess / j;
      second += excess * (1 - (i + 1 - 0.35) / j) / j;
    }
    first += 1e-12;
    double xi = 2 - first / (first - 2 * second + 1e-12);
    xi = (j * Math.max(-0.5, Math.min(1, xi)) + PRIOR_WEIGHT * PRIOR_SHAPE) / (j + PRIOR_WEIGHT);
    xi = Math.max(0, Math.min(MOST_SHAPE, xi));
    double sigma = Math.max(first * (1 - xi), SMALLEST_SIGMA);
    return new Tail(u, sigma, xi, (j + 1.0) / (m + 1.0));
  }

  /** Probability of more than {@code score}, for scores beyond {@code u}. */
  double beyond(double score) {
    double x = (score - u) / sigma;
    return xi < EXPONENTIAL_BELOW
        ? share * StrictMath.exp(-x)
        : share * StrictMath.pow(1 + xi * x, -1 / xi);
  }
}
