package io.kelbo.train;

import io.kelbo.encode.WindowScale;
import io.kelbo.encode.WindowShape;
import io.kelbo.score.JointView;
import io.kelbo.vae.Network;
import io.kelbo.vae.SecondMoments;
import io.kelbo.vae.WindowFactors;
import io.kelbo.vae.Workspace;
import java.util.Arrays;
import java.util.List;

/** Learns the joint view, and what each row scores by a network that did not learn from it. */
final class JointLearning {
  static final int FOLDS = 4;

  private final WindowRows rows;
  private final WindowShape shape;
  private final boolean[] usable;
  private final double share;
  private final int mostLatents;
  private final List<double[]> windows;
  private final WindowScale scale;
  private final double[] heldOut; // (rows) NaN where not usable

  /**
   * @param usable rows whose window does not reach before their run
   * @param share of the variance that the latents are to hold
   * @param limit deviations beyond this grow by their logarithm only
   */
  JointLearning(
      WindowRows rows,
      WindowShape shape,
      boolean[] usable,
      double share,
      int mostLatents,
      double limit) {
    this.rows = rows;
    this.shape = shape;
    this.usable = usable;
    this.share = share;
    this.mostLatents = mostLatents;
    this.windows = rows.cut(shape);
    this.scale = WindowScale.learn(windows);
    windows.forEach(window -> scale.apply(window, shape.centred(), limit));
    this.heldOut = new double[rows.size()];
    Arrays.fill(heldOut, Double.NaN);
  }

  JointView learn() {
    int d = windows.get(0).length;
    SecondMoments all = new SecondMoments(d);
    for (int i = 0; i < windows.size(); i++) {
      if (usable[i]) {
        all.add(windows.get(i));
      }
    }
    Network network = WindowFactors.fit(all, share, mostLatents);
    crossValidate(all);
    double[] residual = new double[d];
    double[] spread = new double[network.shape().latent()];
    double[] own = new double[windows.size()];
    Workspace w = workspace(network);
    for (int i = 0; i < own.length; i++) {
      own[i] = usable[i] ? score(network, w, windows.get(i)) : Double.NaN;
      for (int j = 0; usable[i] && j < d; j++) {
        double r = w.eta[j] - w.input[j];
        residual[j] += r * r / all.weight();
      }
      for (int l = 0; usable[i] && l < spread.length; l++) {
        spread[l] += w.z[l] * w.z[l] / all.weight();
      }
    }
    for (int l = 0; l < spread.length; l++) {
      spread[l] += 1e-9;
    }
    return new JointView(
        shape,
        scale,
        network,
        residual,
        spread,
        Quantiles.of(own, 0.95) + 1e-3,
        Quantiles.usual(heldOut),
        (int) all.weight());
  }

  private void crossValidate(SecondMoments all) {
    int[] blocks = rows.blocks(FOLDS);
    // Of a short warm-up not more than a sixteenth of a block: what is left must still be learned.
    int embargo = Math.min(shape.reach(), rows.size() / FOLDS / 16);
    for (int fold = 0; fold < FOLDS; fold++) {
      Interrupted.check();
      SecondMoments left = new SecondMoments(windows.get(0).length);
      boolean[] near = near(blocks, fold, embargo);
      for (int i = 0; i < windows.size(); i++) {
        if (usable[i] && near[i]) {
          left.add(windows.get(i));
        }
      }
      SecondMoments others = all.without(left);
      if (others.weight() < 2 * mostLatents) {
        continue;
      }
      Network network = WindowFactors.fit(others, share, mostLatents);
      Workspace w = workspace(network);
      for (int i = 0; i < windows.size(); i++) {
        if (usable[i] && blocks[i] == fold) {
          heldOut[i] = score(network, w, windows.get(i));
        }
      }
    }
  }

  /** The block, and what shares its windows. */
  private static boolean[] near(int[] blocks, int fold, int embargo) {
    boolean[] near = new boolean[blocks.length];
    int last = Integer.MIN_VALUE / 2;
    for (int i = 0; i < blocks.length; i++) {
      last = blocks[i] == fold ? i : last;
      near[i] = i - last <= embargo;
    }
    last = Integer.MAX_VALUE;
    for (int i = blocks.length - 1; i >= 0; i--) {
      last = blocks[i] == fold ? i : last;
      near[i] |= (long) last - i <= embargo;
    }
    return near;
  }

  private static Workspace workspace(Network network) {
    Workspace w = new Workspace(network.shape());
    Arrays.fill(w.mask, 1);
    return w;
  }

  private static double score(Network network, Workspace w, double[] window) {
    System.arraycopy(window, 0, w.input, 0, window.length);
    network.encode(w);
    network.decode(w);
    double sum = 0;
    for (int i = 0; i < window.length; i++) {
      double r = w.eta[i] - w.input[i];
      sum += 0.5 * r * r / network.psi(i);
    }
    for (double z : w.z) {
      sum += 0.5 * z * z;
    }
    return sum;
  }

  /** (rows) scores out of sample, in nats; NaN where a row has none. */
  double[] heldOut() {
    return heldOut;
  }
}
