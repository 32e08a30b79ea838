package io.kelbo.impute;

import io.kelbo.kernel.Exponential;
import java.util.Arrays;
import java.util.List;

/**
 * How much each filling counts at each place: what makes the squared error on held-out cells least,
 * with weights that are positive and add to 1. A place's own cells speak for it together with all
 * cells, as few of its own say little.
 *
 * <pre>
 * w_j = argmin w' (E_j + λ E) w      E_j = Σ errors errors' over place j, E the mean over all cells
 * </pre>
 *
 * @param places (width)(fillings)
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never shared
record Weights(double[][] places) {
  private static final double OTHERS = 60; // λ, cells' worth
  private static final int ROUNDS = 3000;
  private static final double COUNTS = 0.02; // a smaller weight is none

  /**
   * @param truth the grid that knows the cells
   * @param fillings of the grid without them
   */
  static Weights of(Grid truth, List<Grid.Cell> cells, List<Filled> fillings) {
    int count = fillings.size();
    double[] all = new double[count * count];
    double[][] own = new double[truth.width][count * count];
    double[] error = new double[count];
    for (Grid.Cell cell : cells) {
      double value = truth.values[cell.row()][cell.place()];
      for (int a = 0; a < count; a++) {
        error[a] = fillings.get(a).mean[cell.row()][cell.place()] - value;
      }
      for (int a = 0; a < count; a++) {
        for (int b = 0; b < count; b++) {
          own[cell.place()][a * count + b] += error[a] * error[b];
          all[a * count + b] += error[a] * error[b] / cells.size();
        }
      }
    }
    double[][] places = new double[truth.width][];
    for (int j = 0; j < truth.width; j++) {
      double[] both = new double[count * count];
      for (int i = 0; i < both.length; i++) {
        both[i] = own[j][i] + OTHERS * all[i];
      }
      places[j] = least(both, count);
    }
    return new Weights(places);
  }

  /** Minimises {@code w' E w} over the simplex by exponentiated gradients (Kivinen and Warmuth). */
  private static double[] least(double[] e, int count) {
    double[] w = new double[count];
    double[] slope = new double[count];
    Arrays.fill(w, 1.0 / count);
    double scale = 1e-12;
    for (int a = 0; a < count; a++) {
      scale = Math.max(scale, e[a * count + a]);
    }
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      for (int a = 0; a < count; a++) {
        slope[a] = 0;
        for (int b = 0; b < count; b++) {
          slope[a] += e[a * count + b] * w[b];
        }
      }
      for (int a = 0; a < count; a++) {
        w[a] *= Exponential.exp(-2 * slope[a] / scale);
        sum += w[a];
      }
      for (int a = 0; a < count; a++) {
        w[a] /= sum;
      }
    }
    double counted = 0;
    for (int a = 0; a < count; a++) {
      w[a] = w[a] < COUNTS ? 0 : w[a];
      counted += w[a];
    }
    for (int a = 0; a < count; a++) {
      w[a] /= counted;
    }
    return w;
  }
}
