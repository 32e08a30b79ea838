package io.kelbo.score;

import io.kelbo.context.Recent;
import io.kelbo.encode.Channel;
import io.kelbo.vae.Workspace;

/**
 * Which field makes a record surprising, and what was expected of it. A field's weight is how much
 * the surprisal drops when the field (its value and the mean of its recent values) is left out and
 * z is found anew; shares are these weights scaled to sum to 1.
 */
public final class Explainer {
  private final Scorer scorer;
  private final double[] shares;
  private final Expectation[] expected;

  public Explainer(Scorer scorer) {
    this.scorer = scorer;
    int fields = scorer.encoder().fields().size();
    shares = new double[fields];
    expected = new Expectation[fields];
  }

  /** Explains what was scored last; the scorer's workspace is left as it was scored. */
  public void explain(Recent recent) {
    Workspace w = scorer.workspace();
    double[] z = w.z.clone();
    double[] mask = w.mask.clone();
    double whole = scorer.fromNetwork();
    double total = 0;
    for (int j = 0; j < shares.length; j++) {
      boolean present = hide(w, mask, j);
      System.arraycopy(z, 0, w.z, 0, z.length);
      scorer.refine();
      double drop = present ? Math.max(0, whole - scorer.fromNetwork()) : 0;
      expected[j] = Expectation.of(scorer, j);
      drop += scorer.fromCrowd(j);
      drop += scorer.patterns().missing(recent, j) + scorer.patterns().repeating(recent, j);
      shares[j] = drop;
      total += drop;
    }
    for (int j = 0; j < shares.length; j++) {
      shares[j] = total > 0 ? shares[j] / total : 1.0 / shares.length;
    }
    System.arraycopy(mask, 0, w.mask, 0, mask.length);
    System.arraycopy(z, 0, w.z, 0, z.length);
    scorer.network().decode(w);
  }

  /** Takes a field's channels out of the mask; true if any was present. */
  private boolean hide(Workspace w, double[] mask, int field) {
    boolean present = false;
    for (int c = 0; c < mask.length; c++) {
      boolean own = scorer.encoder().channels().get(c).field() == field;
      present |= own && mask[c] != 0;
      w.mask[c] = own ? 0 : mask[c];
    }
    return present;
  }

  /** A field's share of the surprisal, in 0..1; they sum to 1. */
  public double share(int field) {
    return shares[field];
  }

  /** What was expected of a field given the others. */
  public Expectation expected(int field) {
    return expected[field];
  }

  /** The channel that carries a field's value now. */
  static int now(Scorer scorer, int field) {
    for (int c = 0; c < scorer.encoder().channels().size(); c++) {
      Channel channel = scorer.encoder().channels().get(c);
      if (channel.field() == field && !channel.recent()) {
        return c;
      }
    }
    throw new IllegalArgumentException("field " + field + " has no channel");
  }
}
