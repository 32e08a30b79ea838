package io.kelbo.train;

import io.kelbo.vae.LinearStart;
import io.kelbo.vae.Network;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Factor analysis and the nonlinear branch, each learned outside a block and scored inside it, the
 * newest block first: where the branch does not win, or diverges, it is not tried further, and
 * factor analysis, which is always there, stays.
 */
final class Rivals {
  // Rows follow each other in time, so their losses are not independent: two standard errors.
  private static final double CLEARLY = 2;

  /** What learns the branch from a linear start on these rows. */
  interface Branch {
    /**
     * @throws ArithmeticException if it diverges
     */
    Network learn(LinearStart.Fitted start, int[] places);
  }

  private final Fitting fitting;
  private final Branch branch;
  private final Folds folds;
  private final CrossValidation linear;
  private final CrossValidation vae;
  private final Network[] linears = new Network[Folds.COUNT];
  private final Network[] vaes = new Network[Folds.COUNT];
  private final @Nullable String[] failures = new String[Folds.COUNT];
  private Comparison gain = new Comparison(0, 0);
  private boolean branchWins;
  private @Nullable String diverged;

  /**
   * @param linear takes the scores of factor analysis
   * @param vae takes those of the branch
   */
  Rivals(Fitting fitting, Branch branch, Folds folds, CrossValidation linear, CrossValidation vae) {
    this.fitting = fitting;
    this.branch = branch;
    this.folds = folds;
    this.linear = linear;
    this.vae = vae;
  }

  /**
   * Lets them meet on all blocks.
   *
   * @param tryBranch whether the branch takes part
   * @param parallel whether the older blocks are learned at once, by the pool that the caller runs
   *     in; what comes out is the same
   */
  void meet(boolean tryBranch, boolean parallel) {
    int newest = Folds.COUNT - 1;
    learn(newest, tryBranch);
    boolean trying = take(newest, tryBranch);
    if (parallel) {
      boolean all = trying;
      IntStream.range(0, newest).parallel().forEach(fold -> learn(fold, all));
    }
    for (int fold = newest - 1; fold >= 0; fold--) {
      if (!parallel) {
        learn(fold, trying);
      }
      trying = take(fold, trying);
    }
    branchWins = trying;
  }

  private void learn(int fold, boolean tryBranch) {
    Interrupted.check();
    int[] places = folds.outside(fold);
    LinearStart.Fitted start = fitting.linear(places);
    linears[fold] = start.network();
    if (tryBranch) {
      try {
        vaes[fold] = branch.learn(start, places);
      } catch (ArithmeticException | IllegalArgumentException e) {
        failures[fold] = e.getMessage();
      }
    }
  }

  /** Scores a block; says whether the branch is to be tried on. */
  private boolean take(int fold, boolean tried) {
    int[] inside = folds.inside(fold);
    linear.add(linears[fold], inside);
    if (!tried) {
      return false;
    }
    if (failures[fold] != null) {
      diverged = failures[fold];
      return false;
    }
    vae.add(vaes[fold], inside);
    gain = linear.against(vae);
    return gain.secondBetterBy(CLEARLY);
  }

  /**
   * The winner, learned from these rows; null where it is the branch and diverges on them: then
   * factor analysis has won, and what was asked of the winner must be asked again.
   */
  @Nullable Network whole(int[] places) {
    LinearStart.Fitted start = fitting.linear(places);
    if (!branchWins) {
      return start.network();
    }
    try {
      return branch.learn(start, places);
    } catch (ArithmeticException | IllegalArgumentException e) {
      diverged = e.getMessage();
      branchWins = false;
      return null;
    }
  }

  /** {@code vae} or {@code factor_analysis}. */
  String method() {
    return branchWins ? "vae" : "factor_analysis";
  }

  /** The winner's scores and losses out of sample. */
  CrossValidation winner() {
    return branchWins ? vae : linear;
  }

  /** The winner's network that did not learn from a block. */
  Network network(int fold) {
    return (branchWins ? vaes : linears)[fold];
  }

  /** What the branch won over factor analysis on the blocks that it was tried on. */
  Comparison gain() {
    return gain;
  }

  /** A sentence, and whether the branch diverged beside it. */
  String remarked(String sentence) {
    return diverged == null
        ? sentence
        : sentence + "; the nonlinear branch was left out: " + diverged;
  }
}
