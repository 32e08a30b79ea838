package io.kelbo.vae;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cells that training never sees, neither as input nor as target: after each epoch they say how
 * well hidden values are predicted, and the weights of the best epoch are kept. Which cells they
 * are depends on the rows' number and the seed only.
 */
final class HeldOutCells {
  private static final int MOST_ROWS =
      256; // that have any, so that looking at them takes little of the time
  private static final int ONE_ROW_IN = 4; // at most, so that short samples lose few cells
  private static final double SHARE = 0.1; // of such a row's cells, and one at least
  private static final int PATIENCE = 3; // epochs without a gain, before training stops
  private static final boolean[] NONE = {};
  private static final int PART = 5; // of all epochs, where that is longer

  private final Kernels kernels = Kernels.best();
  private final Shape shape;
  private final Rows rows;
  private final double[] weights;
  private final boolean[][] hidden; // (rows)(H), or none of a row
  private final Workspace w;
  private final double[] psi; // (D)
  private final int patience;
  private double @Nullable [] best;
  private double least = Double.POSITIVE_INFINITY;
  private int since;

  /**
   * @param shape as it is trained
   * @param weights (rows); rows of none have no held-out cells
   * @param epochs after which training ends anyway
   */
  HeldOutCells(Shape shape, Rows rows, double[] weights, long seed, int epochs) {
    this.shape = shape;
    this.rows = rows;
    this.weights = weights;
    this.hidden = new boolean[rows.size()][];
    Arrays.fill(hidden, NONE);
    this.w = new Workspace(shape);
    this.psi = new double[shape.inputs()];
    this.patience = Math.max(PATIENCE, epochs / PART);
    int most = Math.max(1, Math.min(MOST_ROWS, rows.size() / ONE_ROW_IN));
    int stride = Math.max(1, rows.size() / most);
    Draws draws = new Draws();
    for (int row = 0; row < rows.size(); row += stride) {
      if (weights[row] > 0) {
        draws.begin(seed, -1, row); // no epoch has this number
        hidden[row] = draw(rows.mask(row), draws);
      }
    }
  }

  /** None where a row has no more than one cell: nothing would be left to predict it from. */
  private static boolean[] draw(double[] mask, Draws draws) {
    int[] present = IntStream.range(0, mask.length).filter(k -> mask[k] != 0).toArray();
    if (present.length < 2) {
      return NONE;
    }
    boolean[] cells = new boolean[mask.length];
    cells[present[(int) (present.length * draws.uniform())]] = true;
    int left = (int) Math.rint(SHARE * present.length) - 1;
    for (int i = 0; i < left; i++) {
      cells[present[(int) (present.length * draws.uniform())]] = true;
    }
    return cells;
  }

  /** Takes a row's held-out cells from its mask. */
  void hide(int row, double[] mask) {
    boolean[] cells = hidden[row];
    for (int k = 0; k < cells.length; k++) {
      mask[k] = cells[k] ? 0 : mask[k];
    }
  }

  /**
   * Looks at the parameters after an epoch, and keeps them if they are the best so far.
   *
   * @return whether another epoch is worth it
   * @throws ArithmeticException if a held-out cell's loss is not finite
   */
  boolean goOn(double[] p, int epoch) {
    double loss = loss(p);
    if (!Double.isFinite(loss)) {
      throw new ArithmeticException(
          "training diverged in epoch %d: the loss of held-out cells is %s"
              .formatted(epoch + 1, loss));
    }
    if (loss < least) {
      least = loss;
      since = 0;
      best = p.clone();
    } else {
      since++;
    }
    return since < patience;
  }

  /** Puts the parameters of the best epoch back; none was looked at: leaves them. */
  void restore(double[] p) {
    if (best != null) {
      System.arraycopy(best, 0, p, 0, p.length);
    }
  }

  /** Summed over the held-out cells, predicted from the others of their row, in nats. */
  double loss(double[] p) {
    for (int i = 0; i < psi.length; i++) {
      psi[i] = 2 * p[shape.logSd() + i];
    }
    kernels.exp(psi, 0, psi.length, psi, 0);
    double sum = 0;
    for (int row = 0; row < hidden.length; row++) {
      boolean[] cells = hidden[row];
      if (cells.length == 0) {
        continue;
      }
      rows.load(row, w);
      hide(row, w.mask);
      EncoderPass.forward(kernels, shape, p, w);
      System.arraycopy(w.mean, 0, w.z, 0, shape.latent());
      DecoderPass.forward(kernels, shape, p, w);
      for (int k = 0; k < cells.length; k++) {
        Head head = shape.heads().get(k);
        sum += cells[k] ? weights[row] * head.logLoss(w.eta, w.target, psi[head.at()]) : 0;
      }
    }
    return sum;
  }
}
