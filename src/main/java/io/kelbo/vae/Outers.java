package io.kelbo.vae;

import io.kelbo.kernel.Kernels;

/**
 * Outer products that make up the gradient of the weights, put off until a shard's rows are there
 * and added in one go, in the order of the rows: the same bits as one by one, for a third of the
 * loads and stores. One thread's.
 */
final class Outers {
  private final Shape shape;
  private final int most;
  private final double[] masked; // (rows, D + H)
  private final double[] encodeAct; // (rows, h)
  private final double[] meanGradient; // (rows, L)
  private final double[] logVarGradient; // (rows, L)
  private final double[] encodeGradient; // (rows, h)
  private final double[] z; // (rows, L)
  private final double[] etaGradient; // (rows, D)
  private final double[] decodeAct; // (rows, h)
  private final double[] decodeGradient; // (rows, h)
  private final double[][] encodeBelow; // (further layers)(rows, h)
  private final double[][] encodeAbove; // (further layers)(rows, h)
  private final double[][] decodeBelow; // (further layers)(rows, h)
  private final double[][] decodeAbove; // (further layers)(rows, h)
  private int rows;

  /** For at most so many rows. */
  Outers(Shape shape, int most) {
    this.shape = shape;
    this.most = most;
    masked = new double[most * (shape.inputs() + shape.heads().size())];
    encodeAct = new double[most * shape.hidden()];
    meanGradient = new double[most * shape.latent()];
    logVarGradient = new double[most * shape.latent()];
    encodeGradient = new double[most * shape.hidden()];
    z = new double[most * shape.latent()];
    etaGradient = new double[most * shape.inputs()];
    decodeAct = new double[most * shape.hidden()];
    decodeGradient = new double[most * shape.hidden()];
    int further = shape.layers() - 1;
    encodeBelow = new double[further][most * shape.hidden()];
    encodeAbove = new double[further][most * shape.hidden()];
    decodeBelow = new double[further][most * shape.hidden()];
    decodeAbove = new double[further][most * shape.hidden()];
  }

  /** After the decoder's pass back: its part of a row. */
  void decoded(Workspace w) {
    if (rows == most) {
      throw new IllegalStateException("there is room for %d rows only".formatted(most));
    }
    keep(w.z, z);
    keep(w.etaGradient, etaGradient);
    keep(w.decodeAct, decodeAct);
    keep(w.hiddenGradient, decodeGradient);
    keep(w.decodeTower, decodeBelow, decodeAbove);
  }

  /** After the encoder's pass back: the rest of the row. */
  void encoded(Workspace w) {
    keep(w.masked, masked);
    keep(w.encodeAct, encodeAct);
    keep(w.latentGradient, meanGradient);
    keep(w.logVarGradient, logVarGradient);
    keep(w.hiddenGradient, encodeGradient);
    keep(w.encodeTower, encodeBelow, encodeAbove);
    rows++;
  }

  private void keep(double[] from, double[] to) {
    System.arraycopy(from, 0, to, rows * from.length, from.length);
  }

  private void keep(Tower tower, double[][] below, double[][] above) {
    for (int k = 0; k < below.length; k++) {
      keep(tower.below[k], below[k]);
      keep(tower.gradient[k], above[k]);
    }
  }

  /** Adds all that were put off to {@code g} (parameters), and begins anew. */
  void into(double[] g, Kernels kernels) {
    int d = shape.inputs();
    int seen = d + shape.heads().size();
    int l = shape.latent();
    int h = shape.hidden();
    kernels.addOuters(masked, seen, d, meanGradient, l, rows, g, shape.encodeSkip());
    kernels.addOuters(z, l, l, etaGradient, d, rows, g, shape.decodeSkip());
    if (h > 0) {
      kernels.addOuters(encodeAct, h, h, meanGradient, l, rows, g, shape.meanHead());
      kernels.addOuters(encodeAct, h, h, logVarGradient, l, rows, g, shape.logVarHead());
      kernels.addOuters(masked, seen, seen, encodeGradient, h, rows, g, shape.encodeHidden());
      kernels.addOuters(z, l, l, decodeGradient, h, rows, g, shape.decodeHidden());
      kernels.addOuters(decodeAct, h, h, etaGradient, d, rows, g, shape.outputHead());
    }
    into(g, kernels, encodeBelow, encodeAbove, shape.encodeTower());
    into(g, kernels, decodeBelow, decodeAbove, shape.decodeTower());
    rows = 0;
  }

  private void into(double[] g, Kernels kernels, double[][] below, double[][] above, int at) {
    int h = shape.hidden();
    for (int k = 0; k < below.length; k++) {
      kernels.addOuters(below[k], h, h, above[k], h, rows, g, at + k * shape.towerLayer());
    }
  }
}
