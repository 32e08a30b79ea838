package io.kelbo.impute;

import io.kelbo.kernel.Exponential;
import io.kelbo.vae.Head;
import io.kelbo.vae.Likelihood;
import io.kelbo.vae.LinearStart;
import io.kelbo.vae.Network;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Shape;
import io.kelbo.vae.VaeTraining;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.List;

/** The residual autoencoder with the class as one more head: encode, refine z, decode the class. */
record ClassBranch(Network network, int classes) implements ClassOpinion {
  private static final int REFINEMENTS = 4; // Gauss-Newton steps

  /**
   * @throws ArithmeticException if the training diverges
   */
  static ClassBranch learn(
      Grid features, int[] labels, int classes, int latents, int epochs, long seed) {
    List<Head> heads = new ArrayList<>();
    for (int j = 0; j < features.width; j++) {
      heads.add(new Head(Likelihood.GAUSSIAN, j, 1));
    }
    heads.add(new Head(Likelihood.CATEGORICAL, features.width, classes));
    Rows rows = new Rows();
    Workspace w = new Workspace(new Shape(heads, 1, 0));
    for (int r = 0; r < features.rows; r++) {
      load(features, r, w);
      java.util.Arrays.fill(w.input, features.width, w.input.length, 0);
      if (labels[r] >= 0) {
        w.input[features.width + labels[r]] = 1;
        w.target[features.width] = labels[r];
        w.mask[features.width] = 1;
      }
      rows.add(w);
    }
    boolean[] fixed = new boolean[features.width + classes];
    LinearStart.Fitted start = LinearStart.fit(heads, rows, latents, fixed);
    return new ClassBranch(
        VaeTraining.train(start.network(), rows, start.weights(), fixed, epochs, seed), classes);
  }

  private static void load(Grid grid, int row, Workspace w) {
    for (int j = 0; j < grid.width; j++) {
      w.input[j] = grid.values[row][j];
      w.target[j] = grid.values[row][j];
      w.mask[j] = grid.known[row][j] ? 1 : 0;
    }
    w.mask[grid.width] = 0;
  }

  @Override
  public double[][] logChances(Grid features, boolean[] wanted) {
    double[][] out = new double[features.rows][classes];
    Workspace w = new Workspace(network.shape());
    for (int r = 0; r < features.rows; r++) {
      if (!wanted[r]) {
        java.util.Arrays.fill(out[r], -StrictMath.log(classes));
        continue;
      }
      load(features, r, w);
      network.encode(w);
      network.refine(w, REFINEMENTS);
      double top = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        top = Math.max(top, w.eta[features.width + c]);
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Exponential.exp(w.eta[features.width + c] - top);
      }
      for (int c = 0; c < classes; c++) {
        out[r][c] = w.eta[features.width + c] - top - StrictMath.log(sum);
      }
    }
    return out;
  }
}
