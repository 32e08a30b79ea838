package io.kelbo.vae;

import java.util.List;
import java.util.Random;

/**
 * Trains the nonlinear branch from a linear start: masked ELBO, injected masks, row weights, Adam,
 * an early stop. The branch's last layers start at zero, so training starts exactly at factor
 * analysis.
 */
public final class VaeTraining {
  private static final int HIDDEN = 32;
  private static final double LOWEST_LOG_SD = 0.5 * StrictMath.log(0.01);

  // The median of r² is 0.5486 squared scales of a Student's t of 4 degrees of freedom and 0.4549
  // variances of a Gaussian: the Gaussian that scores agrees with the bulk, whatever the tail was.
  private static final double BULK = 0.5 * StrictMath.log(0.5486 / 0.4549);

  private VaeTraining() {}

  /**
   * All epochs on all cells, with Gaussian quantities, on one thread: for short tables, of which no
   * cell is to spare and which are not learned by heart.
   */
  public static Network train(
      Network start, Rows rows, double[] weights, boolean[] fixed, int epochs, long seed) {
    return train(start, rows, weights, fixed, epochs, seed, Penalty.BOUND);
  }

  /**
   * With an early stop. The network's heads are the start's, whatever it was trained with; its
   * weights are those of the epoch that predicted {@link HeldOutCells} best. The same bytes for any
   * number of threads.
   *
   * @param start a network without hidden units
   * @param weights (rows)
   * @param fixed (D) places whose variance stays as it is
   * @param epochs passes over the rows, at most
   * @param quantities what quantities are trained with: {@link Likelihood#GAUSSIAN}, or {@link
   *     Likelihood#STUDENT_T} where rows may hold outliers
   * @param layers hidden layers of each branch, 1 to {@link Shape#MOST_LAYERS}; those above the
   *     first begin by changing nothing
   * @param parallel whether a batch's shards run at once, on the pool that the caller runs in
   * @throws ArithmeticException if the loss stops being finite
   */
  public static Network train(
      Network start,
      Rows rows,
      double[] weights,
      boolean[] fixed,
      int epochs,
      long seed,
      Likelihood quantities,
      int layers,
      boolean parallel) {
    return train(
        start,
        rows,
        weights,
        fixed,
        epochs,
        seed,
        quantities,
        layers,
        parallel,
        Penalty.BOUND,
        true);
  }

  /** As the first, with a penalty of one's own: for looking at what the penalty does. */
  public static Network train(
      Network start,
      Rows rows,
      double[] weights,
      boolean[] fixed,
      int epochs,
      long seed,
      Penalty penalty) {
    return train(
        start, rows, weights, fixed, epochs, seed, Likelihood.GAUSSIAN, 1, false, penalty, false);
  }

  private static Network train(
      Network start,
      Rows rows,
      double[] weights,
      boolean[] fixed,
      int epochs,
      long seed,
      Likelihood quantities,
      int layers,
      boolean parallel,
      Penalty penalty,
      boolean early) {
    Shape shape = new Shape(with(quantities, start), start.shape().latent(), HIDDEN, layers);
    Random random = new Random(seed);
    double[] p = grow(start, shape, random);
    double bulk = quantities == Likelihood.STUDENT_T ? BULK : 0;
    widen(shape, fixed, p, -bulk);
    HeldOutCells heldOut = early ? new HeldOutCells(shape, rows, weights, seed, epochs) : null;
    Batch batch = new Batch(shape, rows, weights, seed, heldOut);
    LatentPrice price = new LatentPrice(penalty, shape.latent());
    Descent.run(
        p,
        batch.gradient(),
        rows.size(),
        epochs,
        random,
        (order, from, to, epoch) -> {
          price.begin(epoch, epochs);
          return batch.accumulate(p, order, from, to, epoch, price, parallel);
        },
        () -> hold(shape, start, fixed, p),
        epoch -> {
          batch.disperse(p);
          return heldOut == null || heldOut.goOn(p, epoch);
        });
    if (heldOut != null) {
      heldOut.restore(p);
    }
    widen(shape, fixed, p, bulk);
    return new Network(new Shape(start.shape().heads(), shape.latent(), HIDDEN, layers), p);
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

  /** Keeps variances above the floor, and fixed ones where they were. */
  static void hold(Shape shape, Network start, boolean[] fixed, double[] p) {
    for (Head head : shape.heads()) {
      int at = shape.logSd() + head.at();
      if (head.likelihood().quantity() && !fixed[head.at()]) {
        p[at] = Math.max(p[at], LOWEST_LOG_SD);
      } else if (head.likelihood() != Likelihood.POISSON) { // dispersions have no gradient
        p[at] = 0.5 * StrictMath.log(start.psi(head.at()));
      }
    }
  }
}
