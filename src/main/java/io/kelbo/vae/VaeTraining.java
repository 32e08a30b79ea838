package io.kelbo.vae;

import io.kelbo.kernel.Kernels;
import java.util.List;
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

  // The median of r² is 0.5486 squared scales of a Student's t of 4 degrees of freedom and 0.4549
  // variances of a Gaussian: the Gaussian that scores agrees with the bulk, whatever the tail was.
  private static final double BULK = 0.5 * StrictMath.log(0.5486 / 0.4549);

  private VaeTraining() {}

  /**
   * Trains with Gaussian quantities.
   *
   * @see #train(Network, Rows, double[], boolean[], int, long, Likelihood)
   */
  public static Network train(
      Network start, Rows rows, double[] weights, boolean[] fixed, int epochs, long seed) {
    return train(start, rows, weights, fixed, epochs, seed, Likelihood.GAUSSIAN);
  }

  /**
   * The network's heads are the start's, whatever it was trained with.
   *
   * @param start a network without hidden units
   * @param weights (rows)
   * @param epochs passes over the rows
   * @param quantities what quantities are trained with: {@link Likelihood#GAUSSIAN}, or {@link
   *     Likelihood#STUDENT_T} where rows may hold outliers
   * @throws ArithmeticException if the loss stops being finite
   */
  public static Network train(
      Network start,
      Rows rows,
      double[] weights,
      boolean[] fixed,
      int epochs,
      long seed,
      Likelihood quantities) {
    Shape shape = new Shape(with(quantities, start), start.shape().latent(), HIDDEN);
    Random random = new Random(seed);
    double[] p = grow(start, shape, random);
    double bulk = quantities == Likelihood.STUDENT_T ? BULK : 0;
    widen(shape, fixed, p, -bulk);
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
    widen(shape, fixed, p, bulk);
    return new Network(new Shape(start.shape().heads(), shape.latent(), HIDDEN), p);
  }

  private static List<Head> with(Likelihood quantities, Network start) {
    return start.shape().heads().stream()
        .map(h -> h.likelihood().quantity() ? new Head(quantities, h.at(), h.width()) : h)
        .toList();
  }

  private static void widen(Shape shape, boolean[] fixed, double[] p, double logSd) {
    for (Head head : shape.heads()) {
      if (logSd != 0 && head.likelihood().quantity() && !fixed[head.at()]) {
        p[shape.logSd() + head.at()] += logSd;
      }
    }
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
      if (head.likelihood().quantity() && !fixed[head.at()]) {
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
