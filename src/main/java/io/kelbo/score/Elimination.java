package io.kelbo.score;

import java.util.Arrays;

/**
 * Leaves out the field that explains most, and of the rest again the one that explains most, until
 * what is left is usual: the fields left out are the culprits, a small set whose replacement makes
 * the record normal. A culprit's share is what went with it. Leaving out each field by itself
 * blames neighbours where two fields are wrong: each hides the other (chain rule instead of
 * marginals).
 */
final class Elimination {
  /** More are not told apart: where all is wrong, a list of all says nothing. */
  static final int MOST = 4;

  private final double[] shares; // (fields) nats
  private final double[] drops;
  private final boolean[] culprits;
  private double total; // of the shares

  /** A surprisal that fields can be left out of. */
  interface Rest {
    /** Whether a field says anything. */
    boolean present(int field);

    /**
     * What is left without these fields, z found anew with care, in nats; the base of what follows.
     */
    double settle(boolean[] out);

    /** What is left without these fields, which are those settled without and one more, in nats. */
    double without(boolean[] out);

    /**
     * How much of what is left a field explains, so that fields compare; in nats.
     *
     * @param left without {@code out}
     * @param out as it was, when this returns
     */
    default double blame(double left, int field, boolean[] out) {
      out[field] = true;
      double after = without(out);
      out[field] = false;
      return Math.max(0, left - after);
    }

    /** Whether what is left without these fields is not unusual. */
    boolean usual(double nats, boolean[] out);
  }

  Elimination(int fields) {
    shares = new double[fields];
    drops = new double[fields];
    culprits = new boolean[fields];
  }

  void run(Rest rest) {
    Arrays.fill(culprits, false);
    Arrays.fill(shares, 0);
    double left = rest.settle(culprits);
    double lowest = Double.MAX_VALUE;
    for (int count = 0; ; count++) {
      int worst = worst(rest, left);
      if (worst < 0 || count == MOST || rest.usual(left, culprits)) {
        break;
      }
      culprits[worst] = true;
      double after = rest.settle(culprits);
      shares[worst] = Math.max(drops[worst], left - after);
      lowest = Math.min(lowest, shares[worst]);
      left = Math.min(left, after);
    }
    others(left, lowest);
  }

  private int worst(Rest rest, double left) {
    int worst = -1;
    for (int j = 0; j < drops.length; j++) {
      drops[j] = 0;
      if (!culprits[j] && rest.present(j)) {
        drops[j] = rest.blame(left, j, culprits);
        worst = drops[j] > 0 && (worst < 0 || drops[j] > drops[worst]) ? j : worst;
      }
    }
    return worst;
  }

  /** Shares out what is left, so that no other field has more than a culprit. */
  private void others(double left, double lowest) {
    double sum = 0;
    double largest = 0;
    for (int j = 0; j < drops.length; j++) {
      if (!culprits[j]) {
        sum += drops[j];
        largest = Math.max(largest, drops[j]);
      }
    }
    double scale = sum > 0 ? Math.min(left / sum, lowest / largest) : 0;
    total = 0;
    for (int j = 0; j < drops.length; j++) {
      shares[j] += culprits[j] ? 0 : scale * drops[j];
      total += shares[j];
    }
  }

  /** A field's share, in 0..1; they sum to 1. */
  double share(int field) {
    return total > 0 ? shares[field] / total : 1.0 / shares.length;
  }

  /** The same, in nats. */
  double nats(int field) {
    return shares[field];
  }

  /** Whether what is left is usual without it, and not with it. */
  boolean culprit(int field) {
    return culprits[field];
  }

  /** (fields) the culprits; not to be kept. */
  boolean[] culprits() {
    return culprits;
  }
}
