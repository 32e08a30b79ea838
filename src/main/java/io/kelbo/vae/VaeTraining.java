package io.kelbo.vae;

import io.kelbo.kernel.Kernels;
import java.util.Random;

/**
 * Trains the nonlinear branch from a linear start: masked ELBO, injected masks, row weights, Adam.
 * The branch's last layers start at zero, so training starts exactly at factor analysis.
 */
public final class VaeTraining {
  private static final int HIDDEN = 32;
  private static final int BATCH = 64;
  private static final double RATE = 1e-3;
  private static final double INJECTION = 0.1; // mean share of entries hidden from the encoder
  private static final double LOWEST_LOG_SD = 0.5 * StrictMath.log(0.01);

  private VaeTraining() {}

  /**
   * @param start a network without hidden units
   * @param weights (rows)
   * @param epochs passes over the rows
   * @throws ArithmeticException if the loss stops being finite
   */
  public static Network train(
      Network start, Rows rows, double[] weights, boolean[] fixed, int epochs, long seed) {
    Shape shape = new Shape(start.shape().heads(), start.shape().latent(), HIDDEN);
    Random random = new Random(seed);
    double[] p = grow(start, shape, random);
    double[] gradient = new double[p.length];
    Adam adam = new Adam(p.length);
    Workspace w = new Workspace(shape);
    double[] noise = new double[shape.latent()];
    double[] seen = new double[shape.heads().size()];
    int[] order = java.util.stream.IntStream.range(0, rows.size()).toArray();
    int batches = epochs * ((rows.size() + BATCH - 1) / BATCH);
    int done = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, random);
      for (int from = 0; from < order.length; from += BATCH) {
        int to = Math.min(order.length, from + BATCH);
        java.util.Arrays.fill(gradient, 0);
        double loss = 0;
        for (int i = from; i < to; i++) {
          rows.load(order[i], w);
          hide(w.mask, seen, random);
          for (int l = 0; l < noise.length; l++) {
            noise[l] = random.nextGaussian();
          }
          double weight = weights[order[i]] / (to - from);
          loss += Elbo.accumulate(Kernels.best(), shape, p, w, seen, noise, 1, weight, gradient);
        }
        if (!Double.isFinite(loss)) {
          throw new ArithmeticException(
              "training diverged in epoch %d: the loss is %s".formatted(epoch + 1, loss));
        }
        double cosine = 0.5 * (1 + StrictMath.cos(Math.PI * done++ / batches));
        adam.step(p, gradient, RATE * (0.95 * cosine + 0.05));
        hold(shape, start, fixed, p);
      }
    }
    return new Network(shape, p);
  }

  /** The linear start's parameters, and a branch that begins by adding nothing. */
  private static double[] grow(Network start, Shape shape, Random random) {
    double[] p = new double[shape.parameters()];
    double[] linear = start.parameters();
    System.arraycopy(linear, 0, p, 0, linear.length); // same order up to the branch
    int d = shape.inputs() + shape.heads().size();
    for (int i = 0; i < d * shape.hidden(); i++) {
      p[shape.encodeHidden() + i] = random.nextGaussian() / Math.sqrt(d);
    }
    for (int i = 0; i < shape.latent() * shape.hidden(); i++) {
      p[shape.decodeHidden() + i] = random.nextGaussian() / Math.sqrt(shape.latent());
    }
    return p;
  }

  /** Hides each observed head with a rate drawn for the row, uniform up to twice the mean. */
  private static void hide(double[] mask, double[] seen, Random random) {
    double rate = 2 * INJECTION * random.nextDouble();
    for (int k = 0; k < mask.length; k++) {
      seen[k] = random.nextDouble() < rate ? 0 : mask[k];
    }
  }

  /** Keeps variances above the floor, and fixed ones (and dispersions) where they were. */
  private static void hold(Shape shape, Network start, boolean[] fixed, double[] p) {
    for (Head head : shape.heads()) {
      int at = shape.logSd() + head.at();
      if (head.likelihood() == Likelihood.GAUSSIAN && !fixed[head.at()]) {
        p[at] = Math.max(p[at], LOWEST_LOG_SD);
      } else {
        p[at] = 0.5 * StrictMath.log(start.psi(head.at()));
      }
    }
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
  }
}
