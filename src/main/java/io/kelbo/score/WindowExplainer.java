package io.kelbo.score;

import io.kelbo.encode.WindowShape;
import io.kelbo.vae.LeftOut;

/**
 * Which fields make a joint window surprising, by {@link Elimination} from factor analysis as it
 * has followed the stream. A culprit is left out with all its numbers; how much a field is to blame
 * is told by those of its newest record, or of its newest four, whichever are rarer: what it sent
 * long ago is noise in what is odd now. One thread's.
 */
public final class WindowExplainer {
  private static final int[] SPANS = {1, 4}; // records
  private static final int PARTS = SPANS.length + 1; // the newest, up to four, older

  private final TemporalScorer scorer;
  private final int[] channels; // (fields) the window's channel of each, or -1
  private final int[] groups; // (D) PARTS of each channel
  private final int[] within = new int[SPANS.length]; // numbers of a channel that each span has
  private final boolean[] out; // (groups)
  private final Elimination elimination;
  private final LeftOut leftOut;
  private final double[] loadings; // (L + 2, D)

  /**
   * @param fields how many the records have
   */
  public WindowExplainer(TemporalScorer scorer, int fields) {
    this.scorer = scorer;
    JointView view = scorer.temporal().joint();
    int[] measured = scorer.temporal().windows().fields();
    this.channels = new int[fields];
    java.util.Arrays.fill(channels, -1);
    for (int c = 0; c < measured.length; c++) {
      channels[measured[c]] = c;
    }
    int latents = view.network().shape().latent() + EntityDrift.DIRECTIONS;
    this.elimination = new Elimination(measured.length);
    this.groups = new int[view.features()];
    this.out = new boolean[PARTS * measured.length];
    this.leftOut = new LeftOut(out.length, latents);
    group(view.shape(), measured.length);
    this.loadings =
        java.util.Arrays.copyOf(view.network().decoderSlope(), latents * view.features());
  }

  /** Parts a channel's numbers by how new the newest record is that each is made of. */
  private void group(WindowShape shape, int measured) {
    for (int i = 0; i < groups.length; i++) {
      int place = i / measured; // of a scale's points, the newest first
      int age = place % shape.points() * shape.scales().get(place / shape.points());
      int part = 0;
      while (part < SPANS.length && age >= SPANS[part]) {
        part++;
      }
      groups[i] = i % measured * PARTS + part;
      for (int s = part; s < SPANS.length && i % measured == 0; s++) {
        within[s]++;
      }
    }
  }

  /** Channels, with all their numbers. */
  private void leaveOut(boolean[] without) {
    for (int g = 0; g < out.length; g++) {
      out[g] = without[g / PARTS];
    }
  }

  /** Explains the window scored last. */
  public void explain() {
    scorer.drift().load(leftOut, loadings, groups);
    elimination.run(new Window());
  }

  /** Factor analysis is exact around any z, so that it need not be found anew. */
  private final class Window implements Elimination.Rest {
    @Override
    public boolean present(int channel) {
      return true;
    }

    @Override
    public double settle(boolean[] without) {
      return without(without);
    }

    @Override
    public double without(boolean[] without) {
      leaveOut(without);
      return leftOut.without(out);
    }

    @Override
    public double blame(double left, int channel, boolean[] without) {
      leaveOut(without);
      double rarest = 0;
      for (int s = 0; s < SPANS.length; s++) {
        out[channel * PARTS + s] = true;
        double nats = Math.max(0, left - leftOut.without(out));
        rarest = Math.max(rarest, Scorer.complete(nats, within[s], 1));
      }
      return rarest;
    }

    @Override
    public boolean usual(double nats, boolean[] without) {
      JointView view = scorer.temporal().joint();
      int left = 0;
      for (boolean gone : without) {
        left += gone ? 0 : view.features() / without.length;
      }
      return Scorer.complete(nats, left, view.features()) <= view.heldOut();
    }
  }

  /** A field's share of the window's surprisal, in 0..1; they sum to 1. */
  public double share(int field) {
    return channels[field] < 0 ? 0 : elimination.share(channels[field]);
  }

  /** The same, in nats. */
  public double nats(int field) {
    return channels[field] < 0 ? 0 : elimination.nats(channels[field]);
  }

  /** Whether the window is not usual with the field, and is without it and the other culprits. */
  public boolean culprit(int field) {
    return channels[field] >= 0 && elimination.culprit(channels[field]);
  }
}
