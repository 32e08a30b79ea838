package io.kelbo.vae;

import java.util.Arrays;

/**
 * How far rows lie from a linear network's mean, over the Gaussian heads that ever change.
 *
 * @param squares (rows) squared Mahalanobis length, {@code 2 S}; a χ² of {@code heads} for normal
 *     rows
 * @param heads (rows) how many heads were observed
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived, never shared
record Lengths(double[] squares, int[] heads) {
  static Lengths of(Network network, Rows rows, boolean[] fixed) {
    Workspace w = new Workspace(network.shape());
    Lengths lengths = new Lengths(new double[rows.size()], new int[rows.size()]);
    for (int r = 0; r < rows.size(); r++) {
      rows.load(r, w);
      network.encode(w);
      if (w.complete()) {
        network.decode(w); // a linear encoder is exact there
      } else {
        network.refine(w, 1);
      }
      for (double z : w.z) {
        lengths.squares[r] += z * z;
      }
      for (int k = 0; k < w.mask.length; k++) {
        Head head = network.shape().heads().get(k);
        if (w.mask[k] != 0 && head.likelihood() == Likelihood.GAUSSIAN && !fixed[head.at()]) {
          lengths.squares[r] += 2 * network.deviance(w, k);
          lengths.heads[r]++;
        }
      }
    }
    return lengths;
  }

  /**
   * By what factor the median row is longer than a χ² says, at least 1: what is needed to make the
   * variances right for the normal rows, whatever the far ones do.
   */
  double excess() {
    double[] ratios = new double[squares.length];
    int n = 0;
    for (int r = 0; r < squares.length; r++) {
      if (heads[r] > 0) {
        double root = 1 - 2.0 / (9 * heads[r]); // Wilson and Hilferty: median of χ² ≈ d root³
        ratios[n++] = squares[r] / (heads[r] * root * root * root);
      }
    }
    Arrays.sort(ratios, 0, n);
    return n == 0 ? 1 : Math.max(1, ratios[n / 2]);
  }
}
