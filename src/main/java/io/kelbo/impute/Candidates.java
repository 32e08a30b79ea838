package io.kelbo.impute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which kinds of models a grid is worth being tried with, besides the Gaussian and the exemplars.
 *
 * @param mixtures may be the base of the exemplars
 * @param branch the autoencoder, or nothing
 * @param leftOut name → why it is not among them
 */
record Candidates(List<Candidate> mixtures, List<Candidate> branch, Map<String, String> leftOut) {
  private static final int[] SIZES = {3, 8, 20, 50};
  private static final int ROWS_A_COMPONENT = 6;
  private static final double BRANCH_WORK = 10; // a row's passes and places, in mostWork's unit
  private static final int BRANCH_FROM = 200; // rows: fewer teach the branch nothing
  private static final int LEAST_WIDTH = 3; // places: fewer leave nothing to bend
  private static final int LONG_GRID = 5000; // rows

  Candidates {
    mixtures = List.copyOf(mixtures);
    branch = List.copyOf(branch);
    leftOut = new LinkedHashMap<>(leftOut);
  }

  /**
   * @param mostWork as {@link Candidate#MOST_WORK}, less where there are more grids than one
   */
  static Candidates of(Grid grid, double mostWork) {
    Map<String, String> leftOut = new LinkedHashMap<>();
    List<Candidate> mixtures = new ArrayList<>();
    for (int size : SIZES) {
      String name = "mixture_" + size;
      double work = (double) grid.rows * size * grid.width * grid.width;
      int starts = (int) Math.min(Candidate.MOST_STARTS, mostWork / work);
      if (size * ROWS_A_COMPONENT > grid.rows) {
        leftOut.put(name, "it needs %d rows".formatted(size * ROWS_A_COMPONENT));
      } else if (starts == 0) {
        leftOut.put(name, tooMuch(work / mostWork, grid));
      } else {
        mixtures.add(Candidate.mixture(name, size, starts));
      }
    }
    return new Candidates(mixtures, branch(grid, mostWork, leftOut), leftOut);
  }

  private static List<Candidate> branch(Grid grid, double mostWork, Map<String, String> leftOut) {
    int epochs = grid.rows > LONG_GRID ? 10 : 60;
    double work = BRANCH_WORK * grid.rows * epochs * grid.width;
    if (grid.rows < BRANCH_FROM || grid.width < LEAST_WIDTH) {
      leftOut.put(
          Candidate.VAE,
          "it needs %d rows and %d columns of numbers".formatted(BRANCH_FROM, LEAST_WIDTH));
    } else if (work > mostWork) {
      leftOut.put(Candidate.VAE, tooMuch(work / mostWork, grid));
    } else {
      return List.of(Candidate.branch(Math.max(2, Math.min(12, grid.width / 2)), epochs));
    }
    return List.of();
  }

  private static String tooMuch(double times, Grid grid) {
    return "%d rows of %d numbers cost %.1f times what a model may"
        .formatted(grid.rows, grid.width, times);
  }
}
