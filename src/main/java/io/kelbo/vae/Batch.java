package io.kelbo.vae;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of one batch, in a fixed number of shards that are summed in order: any number of
 * threads gives the same bits. Allocated once for a training.
 */
final class Batch {
  /** Rows in a batch. */
  static final int SIZE = 64;

  private static final int SHARDS = 4;
  private static final double INJECTION = 0.1; // mean share of entries hidden from the encoder

  private final Kernels kernels = Kernels.best();
  private final Shape shape;
  private final Rows rows;
  private final double[] weights;
  private final long seed;
  private final @Nullable HeldOutCells heldOut;
  private final int[] counts; // places of the heads that count
  private final Shard[] shards = new Shard[SHARDS];

  /**
   * @param heldOut cells that are never seen; null for none
   */
  Batch(Shape shape, Rows rows, double[] weights, long seed, @Nullable HeldOutCells heldOut) {
    this.shape = shape;
    this.rows = rows;
    this.weights = weights;
    this.seed = seed;
    this.heldOut = heldOut;
    this.counts =
        IntStream.range(0, shape.heads().size())
            .filter(k -> shape.heads().get(k).likelihood() == Likelihood.POISSON)
            .toArray();
    Arrays.setAll(shards, i -> new Shard());
  }

  /** One thread's part: everything that its rows write to. */
  private final class Shard {
    final double[] gradient = new double[shape.parameters()];
    final Workspace w = new Workspace(shape);
    final double[] noise = new double[shape.latent()];
    final double[] seen = new double[shape.heads().size()];
    final Draws draws = new Draws();
    final Outers outers = new Outers(shape, (SIZE + SHARDS - 1) / SHARDS);
    final double[] means = new double[shape.latent()]; // their sum
    final double[] products = new double[shape.latent() * shape.latent()];
    final double[] squares = new double[counts.length]; // (x - rate)², their sum over an epoch
    final double[] rates = new double[counts.length]; // their sum
    double loss;

    void accumulate(
        double[] p, int[] order, int from, int to, int size, int epoch, LatentPrice price) {
      Arrays.fill(gradient, 0);
      Arrays.fill(means, 0);
      Arrays.fill(products, 0);
      loss = 0;
      for (int i = from; i < to; i++) {
        int row = order[i];
        rows.load(row, w);
        if (heldOut != null) {
          heldOut.hide(row, w.mask);
        }
        draws.begin(seed, epoch, row);
        hide();
        for (int l = 0; l < noise.length; l++) {
          noise[l] = draws.normal();
        }
        loss +=
            Elbo.accumulate(
                kernels, shape, p, w, seen, noise, price, weights[row] / size, gradient, outers);
        for (int c = 0; c < counts.length; c++) {
          count(c, weights[row]);
        }
        if (price.learns()) {
          remember();
        }
      }
      outers.into(gradient, kernels);
    }

    private void count(int c, double weight) {
      int at = shape.heads().get(counts[c]).at();
      if (w.mask[counts[c]] != 0 && Math.abs(w.input[at]) <= BaseRates.FAR) {
        double rate = Likelihood.rate(w.eta[at]);
        squares[c] += weight * (w.target[at] - rate) * (w.target[at] - rate);
        rates[c] += weight * rate;
      }
    }

    private void remember() {
      for (int l = 0; l < means.length; l++) {
        means[l] += w.mean[l];
        for (int j = 0; j < means.length; j++) {
          products[l * means.length + j] += w.mean[l] * w.mean[j];
        }
      }
    }

    /** Hides each observed head with a rate drawn for the row, uniform up to twice the mean. */
    private void hide() {
      double rate = 2 * INJECTION * draws.uniform();
      for (int k = 0; k < seen.length; k++) {
        seen[k] = draws.uniform() < rate ? 0 : w.mask[k];
      }
    }
  }

  /**
   * Takes the rows {@code order[from..to)}, at most {@value #SIZE}.
   *
   * @param price of the latents, told of the batch afterwards
   * @param parallel whether the shards run at once, on the pool that the caller runs in
   * @return the loss, summed over the rows, in nats
   */
  double accumulate(
      double[] p, int[] order, int from, int to, int epoch, LatentPrice price, boolean parallel) {
    IntStream all = IntStream.range(0, SHARDS);
    (parallel ? all.parallel() : all)
        .forEach(
            s -> {
              int begin = from + s * (to - from) / SHARDS;
              int end = from + (s + 1) * (to - from) / SHARDS;
              shards[s].accumulate(p, order, begin, end, to - from, epoch, price);
            });
    double loss = shards[0].loss;
    for (int s = 1; s < SHARDS; s++) {
      loss += shards[s].loss;
      add(shards[s].gradient, shards[0].gradient);
    }
    if (price.learns()) {
      for (int s = 1; s < SHARDS; s++) {
        add(shards[s].means, shards[0].means);
        add(shards[s].products, shards[0].products);
      }
      price.learn(shards[0].means, shards[0].products, to - from);
    }
    return loss;
  }

  /**
   * After an epoch: sets each count's dispersion to that around the rates which the network gave
   * it, {@code Σ (x - rate)² / Σ rate}, at least 1. Around the mean rate it is larger, and the
   * count would pull too little.
   */
  void disperse(double[] p) {
    for (int c = 0; c < counts.length; c++) {
      double squares = 0;
      double rates = 0;
      for (Shard shard : shards) {
        squares += shard.squares[c];
        rates += shard.rates[c];
        shard.squares[c] = 0;
        shard.rates[c] = 0;
      }
      if (rates > 0) {
        int at = shape.logSd() + shape.heads().get(counts[c]).at();
        p[at] = 0.5 * StrictMath.log(Math.max(1, squares / rates));
      }
    }
  }

  private static void add(double[] more, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }

  /** (parameters) of the last batch; overwritten by the next. */
  double[] gradient() {
    return shards[0].gradient;
  }
}
