package io.kelbo.impute;

import java.util.ArrayList;
import java.util.List;

/**
 * One kind of model that may fill a grid. How it is learned depends on the grid and the seed only.
 *
 * @param name as the user sees it
 * @param answers how many fillings it gives
 */
record Candidate(String name, int answers, Learner learner) {
  static final String EXEMPLARS = "exemplars";

  static final String VAE = "vae";

  /** Starts of a mixture; each has a seed that no other mixture's start has. */
  static final int MOST_STARTS = 3;

  /**
   * Rows times components times squared width that a round of EM of all seeds together may cost:
   * about a second on one core for the 20 rounds (569 x 20 x 30², two seeds, JDK 17, 2026-11-24).
   */
  static final double MOST_WORK = 2.4e7;

  private static final int ITERATIONS = 20;
  private static final double FLOOR = 0.001; // variance, standardised
  private static final double PULL_OF_ONE = 2; // rows' worth of no correlation

  /** Learns from a grid; {@code base} is a filler of the same grid, where one is there already. */
  interface Learner {
    Filler learn(Grid grid, Filler base, long seed);
  }

  /** One Gaussian of all places, shrunk to no correlation: the base of all others. */
  static Candidate gaussian() {
    return new Candidate("gaussian", 1, (grid, base, seed) -> one(grid));
  }

  static Filler one(Grid grid) {
    return MixtureLearning.learn(grid, grid.values, 1, PULL_OF_ONE, FLOOR, ITERATIONS, 1);
  }

  /**
   * A mixture of Gaussians, the mean of several starts.
   *
   * @param starts how many, at most {@link #MOST_STARTS}
   */
  static Candidate mixture(String name, int size, int starts) {
    return new Candidate(name, 1, mixture(size, starts));
  }

  private static Learner mixture(int size, int starts) {
    return (grid, base, seed) -> {
      double[][] start = base.fill(grid).mean;
      double pull = grid.width + 2.0;
      List<Filler> members = new ArrayList<>();
      for (int s = 0; s < starts; s++) {
        members.add(
            MixtureLearning.learn(
                grid, start, size, pull, FLOOR, ITERATIONS, seed * MOST_STARTS + s));
      }
      return new Ensemble(members);
    };
  }

  /** The exemplar prior, over the best of the others. */
  static Candidate exemplars() {
    return new Candidate(EXEMPLARS, Exemplars.TEMPERATURES.length, Exemplars::learn);
  }

  /** The residual autoencoder: factor analysis and the nonlinear branch. */
  static Candidate branch(int latents, int epochs) {
    return new Candidate(VAE, 1, (rows, base, seed) -> Branch.learn(rows, latents, epochs, seed));
  }
}
