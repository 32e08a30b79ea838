package io.kelbo.score;

/** How surprising the sides of a flag or the classes of a category are, by how often they came. */
public final class Shares implements Margin {
  private final double[] nats;

  /**
   * @param nats (classes) surprisal of each, finite and not negative; copied
   */
  public Shares(double[] nats) {
    boolean bad = nats.length == 0;
    for (double n : nats) {
      bad |= !(n >= 0 && n < Double.MAX_VALUE);
    }
    if (bad) {
      throw new IllegalArgumentException(
          "classes surprise by %s nats, but there must be some, each 0 or more"
              .formatted(java.util.Arrays.toString(nats)));
    }
    this.nats = nats.clone();
  }

  /**
   * {@code -log Σ p over the classes that are no more frequent}: 0 for the most frequent one.
   *
   * @param seen (classes) how often each came
   */
  static Shares learn(double[] seen) {
    double total = 0;
    for (double s : seen) {
      total += s + 0.5; // Jeffreys: never 0
    }
    double[] nats = new double[seen.length];
    for (int k = 0; k < seen.length; k++) {
      double rarer = 0;
      for (double s : seen) {
        rarer += s <= seen[k] ? (s + 0.5) / total : 0;
      }
      nats[k] = Math.max(0, -StrictMath.log(rarer));
    }
    return new Shares(nats);
  }

  @Override
  public double surprisal(double value) {
    return nats[Math.max(0, Math.min(nats.length - 1, (int) value))];
  }

  /** A copy of the classes' surprisals. */
  public double[] nats() {
    return nats.clone();
  }
}
