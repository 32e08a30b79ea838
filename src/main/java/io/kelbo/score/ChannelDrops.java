package io.kelbo.score;

import io.kelbo.vae.Network;
import io.kelbo.vae.Workspace;
import java.util.Arrays;

/**
 * By how much a window's score drops when a channel is left out and z is found anew: as the model
 * was before it followed a stream, whose adapted variances know no masks. One thread's scratch.
 */
final class ChannelDrops {
  private final Network network;
  private final Workspace w;

  ChannelDrops(Network network) {
    this.network = network;
    this.w = new Workspace(network.shape());
  }

  /**
   * @param window (D), the channels taking turns
   * @param drops (channels) written, in nats, at least 0
   */
  void drops(double[] window, double[] drops) {
    System.arraycopy(window, 0, w.input, 0, window.length);
    System.arraycopy(window, 0, w.target, 0, window.length);
    Arrays.fill(w.mask, 1);
    double whole = score();
    for (int c = 0; c < drops.length; c++) {
      for (int i = 0; i < window.length; i++) {
        w.mask[i] = i % drops.length == c ? 0 : 1;
      }
      drops[c] = Math.max(0, whole - score());
    }
  }

  private double score() {
    network.encode(w);
    network.refine(w, network.shape().hidden() == 0 ? 1 : Scorer.STEPS);
    double sum = 0;
    for (int i = 0; i < w.input.length; i++) {
      double r = w.eta[i] - w.input[i];
      sum += w.mask[i] * 0.5 * r * r / network.psi(i);
    }
    for (double z : w.z) {
      sum += 0.5 * z * z;
    }
    return sum;
  }
}
