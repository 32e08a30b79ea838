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

  private static final int[] SIZES = {1, 3, 8, 20, 50};
  private static final int ROWS_A_COMPONENT = 6;
  private static final int SEEDS = 3;

  /**
   * Rows times components times squared width that a round of EM of all seeds together may cost:
   * about a second on one core for the 20 rounds (569 x 20 x 30², two seeds, JDK 17, 2026-11-24).
   */
  static final double MOST_WORK = 2.4e7;

  private static final double BRANCH_WORK = 10; // a row's passes and places, in the same unit
  private static final int ITERATIONS = 20;
  private static final double FLOOR = 0.001; // variance, standardised
  private static final double PULL_OF_ONE = 2; // rows' worth of no correlation
  private static final int BRANCH_FROM = 200; // rows: fewer teach the branch nothing
  private static final int LONG_GRID = 5000; // rows

  /** Learns from a grid; {@code base} is a filler of the same grid, where one is there already. */
  interface Learner {
    Filler learn(Grid grid, Filler base, long seed);
  }

  /** Factor analysis without a bottleneck: the base of all others. */
  static Candidate linear() {
    return new Candidate("factor_analysis", 1, (grid, base, seed) -> one(grid));
  }

  static Filler one(Grid grid) {
    return MixtureLearning.learn(grid, grid.values, 1, PULL_OF_ONE, FLOOR, ITERATIONS, 1);
  }

  /** Mixture priors, as large as the work allows. */
  static List<Candidate> mixtures(Grid grid, double mostWork) {
    List<Candidate> all = new ArrayList<>();
    for (int size : SIZES) {
      double work = (double) grid.rows * size * grid.width * grid.width;
      int seeds = (int) Math.min(SEEDS, mostWork / work);
      if (size > 1 && size * ROWS_A_COMPONENT <= grid.rows && seeds > 0) {
        all.add(new Candidate("mixture_" + size, 1, mixture(size, seeds)));
      }
    }
    return all;
  }

  private static Learner mixture(int size, int seeds) {
    return (grid, base, seed) -> {
      double[][] start = base.fill(grid).mean;
      double pull = grid.width + 2.0;
      List<Filler> members = new ArrayList<>();
      for (int s = 0; s < seeds; s++) {
        members.add(
            MixtureLearning.learn(grid, start, size, pull, FLOOR, ITERATIONS, seed * SEEDS + s));
      }
      return new Ensemble(members);
    };
  }

  /** The exemplar prior, over the best of the others. */
  static Candidate exemplars() {
    return new Candidate(EXEMPLARS, Exemplars.TEMPERATURES.length, Exemplars::learn);
  }

  /** The nonlinear branch, where there are rows enough and the work allows. */
  static List<Candidate> branch(Grid grid, double mostWork) {
    int latents = Math.max(2, Math.min(12, grid.width / 2));
    int epochs = grid.rows > LONG_GRID ? 10 : 60;
    double work = BRANCH_WORK * grid.rows * epochs * grid.width;
    return grid.rows < BRANCH_FROM || grid.width < 3 || work > mostWork
        ? List.of()
        : List.of(
            new Candidate(
                "vae", 1, (rows, base, seed) -> Branch.learn(rows, latents, epochs, seed)));
  }
}
