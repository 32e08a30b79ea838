package io.kelbo.score;

import io.kelbo.context.Recent;
import io.kelbo.encode.Channel;
import io.kelbo.vae.LeftOut;
import io.kelbo.vae.Workspace;

/**
 * Which fields make a record surprising, and what was expected of each given the others: its value
 * and the mean of its recent values are left out together, by {@link Elimination}. What is expected
 * is told by the fields that are no culprits.
 */
public final class Explainer {
  private final Scorer scorer;
  private final Elimination elimination;
  private final LeftOut leftOut;
  private final int[] fields; // (heads) which field each belongs to
  private final double[] mask; // (heads) as scored
  private final double[] z; // (L) as scored
  private final Expectation[] expected;
  private final double[] patterns; // (fields) nats

  public Explainer(Scorer scorer) {
    this.scorer = scorer;
    int count = scorer.encoder().fields().size();
    this.fields = scorer.encoder().channels().stream().mapToInt(Channel::field).toArray();
    this.elimination = new Elimination(count);
    this.leftOut = new LeftOut(count, scorer.network().shape().latent());
    this.mask = new double[fields.length];
    this.z = new double[scorer.network().shape().latent()];
    this.expected = new Expectation[count];
    this.patterns = new double[count];
  }

  /**
   * Explains what was scored last; the scorer's workspace is left as it was scored.
   *
   * @param usual surprisal that is not unusual, on the scale of {@link Scorer#comparable()}
   */
  public void explain(Recent recent, double usual) {
    Workspace w = scorer.workspace();
    System.arraycopy(w.z, 0, z, 0, z.length);
    System.arraycopy(w.mask, 0, mask, 0, mask.length);
    for (int j = 0; j < patterns.length; j++) {
      patterns[j] =
          target(j)
              ? 0
              : scorer.patterns().missing(recent, j) + scorer.patterns().repeating(recent, j);
    }
    elimination.run(new Alone(usual));
    boolean[] out = elimination.culprits().clone();
    for (int j = 0; j < out.length; j++) {
      if (target(j)) {
        continue;
      }
      boolean culprit = out[j];
      out[j] = true;
      leftOut.without(out);
      leftOut.decode(scorer.network(), w);
      expected[j] = Expectation.of(scorer, j);
      out[j] = culprit;
    }
    System.arraycopy(mask, 0, w.mask, 0, mask.length);
    System.arraycopy(z, 0, w.z, 0, z.length);
    scorer.network().decode(w);
  }

  /** The record by itself: network, pattern, and for rows without order what they stand among. */
  private final class Alone implements Elimination.Rest {
    private final double usual;

    Alone(double usual) {
      this.usual = usual;
    }

    @Override
    public boolean present(int field) {
      for (int c = 0; c < fields.length; c++) {
        if (fields[c] == field && mask[c] != 0) {
          return true;
        }
      }
      return patterns[field] > 0;
    }

    @Override
    public double settle(boolean[] out) {
      hide(out);
      scorer.refine();
      leftOut.of(scorer.network(), scorer.workspace(), fields);
      return scorer.fromNetwork() + beside(out);
    }

    @Override
    public double without(boolean[] out) {
      double left = leftOut.without(out);
      if (scorer.pooled()) { // far deviances are drawn in, which the form around z is not
        hide(out);
        leftOut.decode(scorer.network(), scorer.workspace());
        left = scorer.fromNetwork();
      }
      return left + beside(out);
    }

    /** What other parts than the network say of the fields that are not out. */
    private double beside(boolean[] out) {
      double sum = 0;
      for (int j = 0; j < out.length; j++) {
        sum += out[j] ? 0 : scorer.fromCrowd(j) + patterns[j];
      }
      return sum;
    }

    private void hide(boolean[] out) {
      for (int c = 0; c < fields.length; c++) {
        scorer.workspace().mask[c] = out[fields[c]] ? 0 : mask[c];
      }
    }

    @Override
    public boolean usual(double nats, boolean[] out) {
      int heads = 0;
      for (int c = 0; c < fields.length; c++) {
        heads += out[fields[c]] || mask[c] == 0 ? 0 : 1;
      }
      double pattern = 0;
      for (int j = 0; j < out.length; j++) {
        pattern += out[j] ? 0 : patterns[j];
      }
      return Scorer.complete(nats - pattern, heads, scorer.heads()) + pattern <= usual;
    }
  }

  /** A field's share of the surprisal, in 0..1; they sum to 1. */
  public double share(int field) {
    return elimination.share(field);
  }

  /** The same, in nats. */
  public double nats(int field) {
    return elimination.nats(field);
  }

  /** Whether the record is not usual with the field, and is without it and the other culprits. */
  public boolean culprit(int field) {
    return elimination.culprit(field);
  }

  private boolean target(int field) {
    return scorer.encoder().fields().get(field).target();
  }

  /** What was expected of a field given the others; not of a target. */
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
