package io.kelbo.score;

import io.kelbo.context.Recent;
import java.util.List;

/**
 * How often each field is missing, and how often it repeats itself to the last bit: a likelihood of
 * the record's pattern beside that of its values. It is what sees a silent field and a stuck
 * sensor.
 *
 * <p>With k of the n recent records showing the pattern and a learned rate r, the deviance is
 * {@code n KL(k/n || r) / φ} where {@code k/n > r}, else 0; φ ≥ 1 is the learned overdispersion,
 * since patterns come in clusters.
 */
public final class Patterns {
  private final double[] missRate;
  private final double[] missSpread;
  private final double[] repeatRate;
  private final double[] repeatSpread;

  /**
   * All (fields): rates in (0, 1], spreads at least 1.
   *
   * @throws IllegalArgumentException if they are not, or not as many
   */
  public Patterns(
      double[] missRate, double[] missSpread, double[] repeatRate, double[] repeatSpread) {
    for (double[] rates : new double[][] {missRate, repeatRate}) {
      refuse(rates, missRate.length, Double.MIN_VALUE, 1);
    }
    for (double[] spreads : new double[][] {missSpread, repeatSpread}) {
      refuse(spreads, missRate.length, 1, Double.MAX_VALUE);
    }
    this.missRate = missRate.clone();
    this.missSpread = missSpread.clone();
    this.repeatRate = repeatRate.clone();
    this.repeatSpread = repeatSpread.clone();
  }

  /** Patterns that say nothing, for rows without order. */
  public static Patterns none(int fields) {
    double[] ones = new double[fields];
    java.util.Arrays.fill(ones, 1);
    return new Patterns(ones, ones, ones, ones);
  }

  private static void refuse(double[] figures, int fields, double low, double high) {
    boolean bad = figures.length != fields;
    for (double figure : figures) {
      bad |= !(figure >= low && figure <= high);
    }
    if (bad) {
      throw new IllegalArgumentException(
          "the patterns of %d fields hold %s, but must lie between %s and %s"
              .formatted(fields, java.util.Arrays.toString(figures), low, high));
    }
  }

  /** Learns from what was counted around each record, (rows) of (fields). */
  public static Patterns learn(int fields, List<int[]> misses, List<int[]> repeats, int[] depths) {
    double[][] missing = rates(fields, misses, depths);
    double[][] repeating = rates(fields, repeats, depths);
    return new Patterns(missing[0], missing[1], repeating[0], repeating[1]);
  }

  private static double[][] rates(int fields, List<int[]> counts, int[] depths) {
    double[] rate = new double[fields];
    double[] spread = new double[fields];
    for (int j = 0; j < fields; j++) {
      double seen = 0;
      double total = 0;
      for (int r = 0; r < depths.length; r++) {
        seen += counts.get(r)[j];
        total += depths[r];
      }
      // Windows overlap: the sums count each record up to 16 times, the prior one record.
      rate[j] = (seen / Recent.WINDOW + 0.5) / (total / Recent.WINDOW + 1);
      double squares = 0;
      double binomial = 0;
      for (int r = 0; r < depths.length; r++) {
        double off = counts.get(r)[j] - depths[r] * rate[j];
        squares += off * off;
        binomial += depths[r] * rate[j] * (1 - rate[j]);
      }
      spread[j] = Math.max(1, squares / Math.max(binomial, 1e-12));
    }
    return new double[][] {rate, spread};
  }

  /** Deviance of a field's missing records among the recent ones, in nats. */
  public double missing(Recent recent, int field) {
    return deviance(recent.misses[field], recent.depth, missRate[field], missSpread[field]);
  }

  /** Deviance of a field's repeated values among the recent ones, in nats. */
  public double repeating(Recent recent, int field) {
    return deviance(recent.repeats[field], recent.depth, repeatRate[field], repeatSpread[field]);
  }

  private static double deviance(int k, int n, double rate, double spread) {
    if (k == 0 || k <= n * rate) {
      return 0;
    }
    double share = (double) k / n;
    double sum = share * StrictMath.log(share / rate);
    if (share < 1) {
      sum += (1 - share) * StrictMath.log((1 - share) / (1 - rate));
    }
    return n * sum / spread;
  }

  /** The four learned arrays (fields): miss rate and spread, repeat rate and spread. */
  public double[][] figures() {
    return new double[][] {
      missRate.clone(), missSpread.clone(), repeatRate.clone(), repeatSpread.clone()
    };
  }
}
