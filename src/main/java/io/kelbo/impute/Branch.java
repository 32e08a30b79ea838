package io.kelbo.impute;

import io.kelbo.vae.Head;
import io.kelbo.vae.Likelihood;
import io.kelbo.vae.LinearStart;
import io.kelbo.vae.Network;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Shape;
import io.kelbo.vae.VaeTraining;
import io.kelbo.vae.Workspace;
import java.util.List;
import java.util.stream.IntStream;

/** The residual autoencoder as a filler: encode what is known, refine z, decode the rest. */
final class Branch implements Filler {
  private static final int REFINEMENTS = 4; // Gauss-Newton steps

  private final Network network;

  private Branch(Network network) {
    this.network = network;
  }

  /**
   * @param latents as many, at most
   * @param epochs 0 for the linear path alone
   * @throws ArithmeticException if the training diverges
   */
  static Branch learn(Grid grid, int latents, int epochs, long seed) {
    List<Head> heads =
        IntStream.range(0, grid.width).mapToObj(j -> new Head(Likelihood.GAUSSIAN, j, 1)).toList();
    Rows rows = new Rows();
    Workspace w = new Workspace(new Shape(heads, 1, 0));
    for (int r = 0; r < grid.rows; r++) {
      load(grid, r, w);
      rows.add(w);
    }
    boolean[] fixed = new boolean[grid.width];
    LinearStart.Fitted start = LinearStart.fit(heads, rows, latents, fixed);
    return new Branch(
        epochs == 0
            ? start.network()
            : VaeTraining.train(start.network(), rows, start.weights(), fixed, epochs, seed));
  }

  private static void load(Grid grid, int row, Workspace w) {
    for (int j = 0; j < grid.width; j++) {
      w.input[j] = grid.values[row][j];
      w.target[j] = grid.values[row][j];
      w.mask[j] = grid.known[row][j] ? 1 : 0;
    }
  }

  @Override
  public List<Filled> fill(Grid grid, boolean[] wanted) {
    Filled filled = new Filled(grid);
    Workspace w = new Workspace(network.shape());
    for (int r = 0; r < grid.rows; r++) {
      if (!wanted[r]) {
        continue;
      }
      load(grid, r, w);
      network.encode(w);
      network.refine(w, REFINEMENTS);
      for (int j = 0; j < grid.width; j++) {
        if (!grid.known[r][j]) {
          filled.mean[r][j] = w.eta[j];
          filled.variance[r][j] = network.psi(j) + network.decodedVariance(w, j);
        }
      }
    }
    return List.of(filled);
  }
}
