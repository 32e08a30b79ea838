package io.kelbo.latent;

import io.kelbo.vae.Coder;
import io.kelbo.vae.ColdStart;
import io.kelbo.vae.LinearStart;
import io.kelbo.vae.Network;
import io.kelbo.vae.Penalty;
import io.kelbo.vae.PlainVae;
import io.kelbo.vae.Rows;
import io.kelbo.vae.VaeTraining;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Trains on four fifths of a table again and again, and measures on the last fifth. */
final class Study {
  private static final int STEPS = 2000; // of 64 rows: β far from 1 moves the weights far
  private static final int BATCH = 64;
  private static final int HIDDEN = 32; // as ours
  private static final int DRAWS = 4; // of z, for a row's distortion

  private final Encoded seen;
  private final Rows unseen;
  private final long seed;
  private final Map<Integer, LinearStart.Fitted> starts = new HashMap<>();

  Study(Encoded all, long seed) {
    this.seed = seed;
    int[] order = IntStream.range(0, all.rows().size()).toArray();
    Random random = new Random(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    int cut = order.length * 4 / 5;
    this.seen = all.select(Arrays.copyOfRange(order, 0, cut));
    this.unseen = all.rows().select(Arrays.copyOfRange(order, cut, order.length));
  }

  /** How many latents a table allows of those asked for. */
  int possible(int latents) {
    return start(latents).network().shape().latent();
  }

  /** Warm: from factor analysis, as always. */
  Trial warm(int latents, Penalty penalty) {
    return trial(start(latents).network(), latents, penalty);
  }

  /** From random weights, to show what the warm start is worth. */
  Trial cold(int latents, Penalty penalty) {
    return trial(ColdStart.of(start(latents).network(), seed), latents, penalty);
  }

  private LinearStart.Fitted start(int latents) {
    return starts.computeIfAbsent(latents, seen::start);
  }

  /** What is usually written: two plain layers each way, from random weights. */
  Variant plain(String what, int latents) {
    LinearStart.Fitted start = start(latents);
    return variant(
        what,
        PlainVae.train(start.network(), seen.rows(), start.weights(), HIDDEN, epochs(), seed));
  }

  Variant variant(String what, Coder coder) {
    Held held = held(coder);
    return new Variant(
        what,
        coder.shape().latent(),
        held.rate,
        held.distortion,
        Kinship.likeness(Exploration.means(coder, unseen), Latent.of(coder, unseen)));
  }

  private int epochs() {
    int batches = (seen.rows().size() + BATCH - 1) / BATCH;
    return Math.max(1, STEPS / batches);
  }

  private Trial trial(Network from, int latents, Penalty penalty) {
    Network network =
        VaeTraining.train(
            from, seen.rows(), start(latents).weights(), seen.fixed(), epochs(), seed, penalty);
    return measured(network, penalty.beta());
  }

  private Trial measured(Network network, double beta) {
    Held held = held(network);
    int asleep = (int) Latent.of(network, unseen).stream().filter(Latent::asleep).count();
    return new Trial(
        network.shape().latent(), beta, held.rate, held.distortion, held.bounds, asleep, network);
  }

  private record Held(double rate, double distortion, List<Double> bounds) {}

  private Held held(Coder network) {
    Workspace w = new Workspace(network.shape());
    Random random = new Random(seed);
    int latents = network.shape().latent();
    double rate = 0;
    double distortion = 0;
    List<Double> bounds = new ArrayList<>();
    for (int r = 0; r < unseen.size(); r++) {
      unseen.load(r, w);
      network.encode(w);
      double nats = 0;
      for (int l = 0; l < latents; l++) {
        nats += Latent.nats(w, l);
      }
      double unsaid = unsaid(network, w, random);
      rate += nats;
      distortion += unsaid;
      bounds.add(nats + unsaid);
    }
    double n = unseen.size();
    return new Held(rate / n, distortion / n, bounds);
  }

  /** {@code E_q[-log p(x | z)]} of the row last encoded. */
  private static double unsaid(Coder network, Workspace w, Random random) {
    double[] mean = w.z.clone();
    double sum = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int l = 0; l < mean.length; l++) {
        w.z[l] = mean[l] + StrictMath.exp(0.5 * w.logVar[l]) * random.nextGaussian();
      }
      network.decode(w);
      for (int k = 0; k < w.mask.length; k++) {
        sum += w.mask[k] == 0 ? 0 : network.logLoss(w, k);
      }
    }
    return sum / DRAWS;
  }
}
