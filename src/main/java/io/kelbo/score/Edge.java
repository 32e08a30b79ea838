package io.kelbo.score;

/**
 * Where a side of a distribution ends and how it goes on: beyond {@code from}, a generalised Pareto
 * tail, so that what lies twice as far out as anything seen is stranger than what was seen.
 *
 * @param from where the tail begins, away from the middle; mirrored for the lower side
 * @param scale mean excess beyond it, positive
 * @param share of the values that lie beyond it, in 0..1, above 0
 */
public record Edge(double from, double scale, double share) {
  private static final double TAIL = 0.05;
  private static final int LEAST = 10;
  // The shape: from some ten excesses none can be fitted, and 0 would let one field drown others.
  private static final double SHAPE = 0.2;
  private static final double MOST_MEDIANS = 30; // one absurd value must not set the scale
  // Where nothing lies beyond, as at the most frequent of few values: half a deviation.
  private static final double UNKNOWN_SCALE = 0.5;

  public Edge {
    if (!Double.isFinite(from) || !(scale > 0) || !(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "an edge is from %s with scale %s and share %s, but must be finite, above 0 and in 0..1"
              .formatted(from, scale, share));
    }
  }

  /**
   * @param sorted (n) ascending; negated and reversed for the lower side
   */
  static Edge learn(double[] sorted) {
    int n = sorted.length;
    int tail = Math.min(Math.max(LEAST, (int) (TAIL * n)), n - 1);
    double from = sorted[n - tail - 1];
    int first = n - tail;
    while (first < n && sorted[first] <= from) {
      first++;
    }
    int beyond = n - first;
    double share = Math.max(beyond, 1) / (n + 1.0);
    if (beyond == 0) {
      return new Edge(from, UNKNOWN_SCALE, share);
    }
    double most = MOST_MEDIANS * (sorted[first + beyond / 2] - from);
    double sum = 0;
    for (int i = first; i < n; i++) {
      sum += Math.min(sorted[i] - from, most);
    }
    return new Edge(from, Math.max(sum / tail, 1e-6), share);
  }

  /** Surprisal of a value beyond, two-sided, in nats. */
  double beyond(double value) {
    double excess = (value - from) / scale;
    return Math.max(0, -StrictMath.log(2 * share))
        + StrictMath.log1p(SHAPE * excess / (1 - SHAPE)) / SHAPE;
  }
}
