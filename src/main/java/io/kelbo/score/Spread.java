package io.kelbo.score;

import java.util.Arrays;

/**
 * A number's own distribution: the empirical one, and a Pareto tail beyond each edge. The surprisal
 * is two-sided, {@code -log 2 min(F, 1 - F)}: about 1 nat on average, whatever the distribution.
 */
public final class Spread implements Margin {
  private static final int ENOUGH = 257; // values kept: the middle needs no more, tails have edges

  private final double[] values;
  private final Edge low;
  private final Edge high;

  /**
   * @param values at least one, ascending and finite; copied
   * @param low the lower edge, of the negated values
   * @param high the upper edge
   */
  public Spread(double[] values, Edge low, Edge high) {
    boolean bad = values.length == 0;
    for (int i = 0; i < values.length; i++) {
      bad |= !Double.isFinite(values[i]) || (i > 0 && values[i] < values[i - 1]);
    }
    if (bad) {
      throw new IllegalArgumentException(
          "a distribution of %d values must have some, finite and ascending"
              .formatted(values.length));
    }
    this.values = values.clone();
    this.low = low;
    this.high = high;
  }

  /**
   * @param sorted ascending, at least one
   * @param most how many values may be kept, at least 2
   */
  static Spread learn(double[] sorted, int most) {
    int n = sorted.length;
    double[] mirrored = new double[n];
    for (int i = 0; i < n; i++) {
      mirrored[i] = -sorted[n - 1 - i];
    }
    double[] kept = sorted;
    int m = Math.min(most, ENOUGH);
    if (n > m) {
      kept = new double[m];
      for (int i = 0; i < m; i++) {
        kept[i] = sorted[(int) ((long) i * (n - 1) / (m - 1))];
      }
    }
    return new Spread(kept, Edge.learn(mirrored), Edge.learn(sorted));
  }

  @Override
  public double surprisal(double value) {
    int below = place(value, false);
    int reached = place(value, true);
    double rank = (0.5 * (below + reached) + 0.5) / (values.length + 1);
    if (rank > 0.5) {
      return value > high.from() ? high.beyond(value) : nats(1 - rank);
    }
    return -value > low.from() ? low.beyond(-value) : nats(rank);
  }

  private static double nats(double tail) {
    return Math.max(0, -StrictMath.log(2 * tail));
  }

  /** How many values lie below this one, or below and at it. */
  private int place(double value, boolean inclusive) {
    int from = 0;
    int to = values.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (values[middle] < value || (inclusive && values[middle] == value)) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** A copy of the values kept. */
  public double[] values() {
    return Arrays.copyOf(values, values.length);
  }

  /** The lower edge, of the negated values. */
  public Edge low() {
    return low;
  }

  /** The upper edge. */
  public Edge high() {
    return high;
  }
}
