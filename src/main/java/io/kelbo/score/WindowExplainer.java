package io.kelbo.score;

import io.kelbo.vae.LeftOut;

/**
 * Which fields make a joint window surprising: all of a field's numbers in it are left out
 * together, by {@link Elimination}, from factor analysis as it has followed the stream. One
 * thread's.
 */
public final class WindowExplainer {
  private final TemporalScorer scorer;
  private final int[] channels; // (fields) the window's channel of each, or -1
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
    this.leftOut = new LeftOut(measured.length, latents);
    this.loadings =
        java.util.Arrays.copyOf(view.network().decoderSlope(), latents * view.features());
  }

  /** Explains the window scored last. */
  public void explain() {
    scorer.drift().load(leftOut, loadings, scorer.temporal().windows().channels());
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
      return leftOut.without(without);
    }

    @Override
    public double without(boolean[] without) {
      return leftOut.without(without);
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

  /** Whether the window is not usual with the field, and is without it and the other culprits. */
  public boolean culprit(int field) {
    return channels[field] >= 0 && elimination.culprit(channels[field]);
  }
}
