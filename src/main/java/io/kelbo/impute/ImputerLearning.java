package io.kelbo.impute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Learns an {@link Imputer} from a grid: every candidate is tried on cells that were held out,
 * weighted by them, and those that count are learned again with nothing held out. Cells that are
 * truly missing are never known to it.
 */
final class ImputerLearning {
  private static final double HELD_OUT = 0.15; // of the known cells
  private static final double HELD_OUT_OF_ONE = 0.3; // of the known cells of one place
  private static final double MOST_HELD_OUT = 4000; // cells: more would only cost time
  private static final int LEAST_HELD_OUT = 30; // cells: fewer choose nothing
  private static final int MOST_ROWS = 20_000; // that are learned from

  private final Grid grid;
  private final List<Grid.Cell> cells;
  private final long seed;
  private final Consumer<String> progress;
  private final Grid less; // without the cells
  private final boolean[] asked; // (rows) that hold one of the cells
  private final List<Tried> candidates = new ArrayList<>();
  private final List<Filled> fillings = new ArrayList<>();
  private final Filler gaussian; // learned without the cells
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private Candidate best; // the base of the exemplars
  private Filler bestLearned;
  private double least = Double.POSITIVE_INFINITY;

  /** A candidate and what it learned without the cells. */
  private record Tried(Candidate candidate, Filler learned) {}

  private ImputerLearning(Grid grid, List<Grid.Cell> cells, long seed, Consumer<String> progress) {
    this.grid = grid;
    this.cells = cells;
    this.seed = seed;
    this.progress = progress;
    this.less = grid.without(cells);
    this.asked = new boolean[grid.rows];
    cells.forEach(cell -> asked[cell.row()] = true);
    this.best = Candidate.gaussian();
    this.gaussian = Candidate.one(less);
    this.bestLearned = gaussian;
  }

  /**
   * @param tied (width) places of one column bear the same number
   * @param mostWork as {@link Candidate#MOST_WORK}, less where there are more grids than one
   * @param progress told what is being learned
   */
  static Imputer learn(
      Grid whole, int[] tied, double mostWork, long seed, Consumer<String> progress) {
    Grid grid = whole.sample(MOST_ROWS, seed);
    double share = Math.min(HELD_OUT, MOST_HELD_OUT / Math.max(1, grid.knownCells()));
    return learn(grid, grid.heldOut(share, tied, seed), mostWork, seed, progress);
  }

  /** For one place, given all the others: only its own cells are held out. */
  static Imputer learn(
      Grid whole, int place, double mostWork, long seed, Consumer<String> progress) {
    Grid grid = whole.sample(MOST_ROWS, seed);
    List<Grid.Cell> cells = grid.heldOut(place, HELD_OUT_OF_ONE, seed);
    return learn(grid, cells, mostWork, seed, progress);
  }

  private static Imputer learn(
      Grid grid, List<Grid.Cell> cells, double mostWork, long seed, Consumer<String> progress) {
    return cells.size() < LEAST_HELD_OUT
        ? untried(grid)
        : new ImputerLearning(grid, cells, seed, progress).learn(mostWork);
  }

  /** Too little to choose by: one Gaussian, shrunk. */
  private static Imputer untried(Grid grid) {
    double[][] sole = new double[grid.width][];
    double[] widening = new double[grid.width];
    Arrays.fill(sole, new double[] {1});
    Arrays.fill(widening, 1);
    String few =
        "fewer than %d known cells could be held out to choose by".formatted(LEAST_HELD_OUT);
    Findings findings =
        new Findings(
            Map.of(Candidate.gaussian().name(), 1.0), Map.of("others", few), 0, Double.NaN, 0);
    return new Imputer(List.of(Candidate.one(grid)), sole, widening, findings);
  }

  private Imputer learn(double mostWork) {
    attempt(Candidate.gaussian(), true);
    Candidates others = Candidates.of(grid, mostWork);
    leftOut.putAll(others.leftOut());
    others.mixtures().forEach(mixture -> attempt(mixture, true));
    others.branch().forEach(branch -> attempt(branch, false));
    attempt(Candidate.exemplars(), false);
    return again(Weights.of(grid, cells, fillings).places());
  }

  /** One that diverges is no candidate. */
  private void attempt(Candidate candidate, boolean mayBeBase) {
    progress.accept("trying " + candidate.name());
    Filler learned;
    List<Filled> answers;
    try {
      Filler under = candidate.name().equals(Candidate.EXEMPLARS) ? bestLearned : gaussian;
      learned = candidates.isEmpty() ? gaussian : candidate.learner().learn(less, under, seed);
      answers = learned.fill(less, asked);
    } catch (ArithmeticException diverged) {
      leftOut.put(candidate.name(), String.valueOf(diverged.getMessage()));
      return;
    }
    if (!answers.stream().allMatch(answer -> Double.isFinite(squares(answer)))) {
      leftOut.put(candidate.name(), "it diverged");
      return;
    }
    candidates.add(new Tried(candidate, learned));
    fillings.addAll(answers);
    double squares = squares(answers.get(0));
    if (mayBeBase && squares < least) {
      least = squares;
      best = candidate;
      bestLearned = learned;
    }
  }

  /** Learns those that count on the whole grid. */
  private Imputer again(double[][] weights) {
    Filler plain = Candidate.one(grid);
    Filler base = plain;
    List<Filler> fillers = new ArrayList<>();
    List<Integer> kept = new ArrayList<>(); // places among the fillings
    Map<String, Double> shares = new LinkedHashMap<>();
    int at = 0;
    for (Tried tried : candidates) {
      Candidate candidate = tried.candidate();
      double share = share(weights, at, candidate.answers());
      shares.put(candidate.name(), share);
      if (share > 0 || candidate.equals(best)) {
        Filler under = candidate.name().equals(Candidate.EXEMPLARS) ? base : plain;
        Filler filler = at == 0 ? plain : relearned(tried, under);
        base = candidate.equals(best) ? filler : base;
        if (share > 0) {
          fillers.add(filler);
          IntStream.range(at, at + candidate.answers()).forEach(kept::add);
        }
      }
      at += candidate.answers();
    }
    double[][] used = new double[weights.length][kept.size()];
    for (int j = 0; j < used.length; j++) {
      for (int c = 0; c < used[j].length; c++) {
        used[j][c] = weights[j][kept.get(c)];
      }
    }
    Filled blend = Filled.blend(less, fillings, weights);
    Widening widening = Widening.of(grid, cells, blend);
    HeldOutCheck check = HeldOutCheck.of(grid, less, cells, fillings, seed);
    Findings findings =
        new Findings(shares, leftOut, check.cells(), check.squaredError(), check.covered());
    return new Imputer(fillers, used, widening.factors(), findings);
  }

  private static double share(double[][] weights, int from, int answers) {
    double share = 0;
    for (double[] place : weights) {
      for (int a = from; a < from + answers; a++) {
        share += place[a] / weights.length;
      }
    }
    return share;
  }

  /** On the whole grid; where that diverges, what was learned without the cells has to do. */
  private Filler relearned(Tried tried, Filler under) {
    progress.accept("learning " + tried.candidate().name());
    try {
      return tried.candidate().learner().learn(grid, under, seed);
    } catch (ArithmeticException diverged) {
      return tried.learned();
    }
  }

  private double squares(Filled filled) {
    return HeldOutCheck.squares(grid, cells, filled);
  }
}
