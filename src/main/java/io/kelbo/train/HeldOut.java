package io.kelbo.train;

import io.kelbo.context.Recent;
import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.record.Field;
import io.kelbo.vae.Head;
import io.kelbo.vae.Likelihood;
import io.kelbo.vae.Network;
import io.kelbo.vae.Shape;
import io.kelbo.vae.Workspace;
import java.util.List;
import java.util.Random;

/**
 * Negative log-likelihood of hidden cells, in nats and in the fields' own units, so that models
 * with different encoders can be compared: one present value in ten is hidden, z is refined on the
 * rest, the hidden value is predicted with its full variance.
 */
final class HeldOut {
  private static final double HIDDEN = 0.1;
  private static final int STEPS = 3;

  private final Encoder encoder;
  private final Network network;
  private final int[] cells; // channels that may be hidden, in the order in which they are drawn
  private final Workspace w;

  HeldOut(Encoder encoder, Network network) {
    this(encoder, network, encoder.fields().list().stream().map(Field::name).toList());
  }

  /**
   * @param fields the names of those whose cells may be hidden, all of which the encoder has: in
   *     the same order any model that has them hides the same cells
   */
  HeldOut(Encoder encoder, Network network, List<String> fields) {
    this.encoder = encoder;
    this.network = network;
    this.w = new Workspace(network.shape());
    // The first channels are the fields as they are now, in the order of the fields.
    this.cells = fields.stream().mapToInt(encoder.fields()::place).toArray();
  }

  /** For each row, the sum over its hidden cells; which are hidden depends on seed and row only. */
  double[] nll(TrainingRows rows, int[] places, long seed) {
    double[] sums = new double[places.length];
    Recent recent = new Recent(encoder.fields().size());
    for (int i = 0; i < places.length; i++) {
      rows.surroundings(places[i], recent);
      encoder.encode(rows.observations().get(places[i]), recent.means, w.input, w.target, w.mask);
      sums[i] = row(new Random(mixed(seed * 1_000_003 + places[i])));
    }
    return sums;
  }

  /**
   * Random's first number moves by a ten thousandth from one seed to the next: unmixed, the first
   * field was hidden in a thousand rows in a row and then in none of ten thousand. The finaliser of
   * SplitMix64 (Steele, Lea, Flood 2014).
   */
  private static long mixed(long seed) {
    long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private double row(Random random) {
    Shape shape = network.shape();
    boolean[] hidden = new boolean[w.mask.length];
    boolean any = false;
    for (int c : cells) {
      if (random.nextDouble() < HIDDEN) {
        hidden[c] = w.mask[c] != 0;
        any |= hidden[c];
        w.mask[c] = hidden[c] ? 0 : w.mask[c];
      }
    }
    if (!any) {
      return 0;
    }
    network.encode(w);
    network.refine(w, shape.hidden() == 0 ? 1 : STEPS); // a linear step is exact
    double sum = 0;
    for (int c = 0; c < hidden.length; c++) {
      if (hidden[c]) {
        sum += cell(shape.heads().get(c), encoder.channels().get(c), c);
      }
    }
    return sum;
  }

  private double cell(Head head, Channel channel, int c) {
    if (head.likelihood() != Likelihood.GAUSSIAN) {
      return network.logLoss(w, c);
    }
    double variance = network.psi(head.at()) + network.decodedVariance(w, head.at());
    double r = w.eta[head.at()] - w.target[head.at()];
    return 0.5 * StrictMath.log(2 * Math.PI * variance)
        + 0.5 * r * r / variance
        + StrictMath.log(channel.sd());
  }
}
