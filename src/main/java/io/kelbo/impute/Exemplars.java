package io.kelbo.impute;

import io.kelbo.kernel.Exponential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A prior made of the rows themselves: a row is some other row, each cell blurred by one of a few
 * scales, how often by which is learned for each place (exemplar prior: Norouzi et al. 2020, here
 * in the space of the cells). Finds repeated recipes and settings that no smooth decoder holds.
 *
 * <pre>
 * log w_i = τ Σ_(j known) log Σ_q a_jq N(x_j; e_ij, s_q² + v_ij)     e_i another row, filled
 * E x_j   = (Σ_i w_i e_ij + p b_j) / (Σ_i w_i + p)                  over the rows that know place j
 * </pre>
 *
 * with {@code b_j} what the base filler says, and {@code v_ij} its variance where row i has a hole.
 */
final class Exemplars implements Filler {
  private static final double[] SCALES = {0.02, 0.1, 0.3, 0.8}; // standardised
  // Powers of the weights, one filling each: below 1 more rows have a say.
  static final double[] TEMPERATURES = {1.5, 0.8, 0.4};
  private static final int ROUNDS = 6;
  private static final int MOST_EXEMPLARS = 10_000;
  private static final int LEARNED_FROM = 300; // rows; the scales are few numbers
  private static final double BASE_WEIGHT = 0.3; // p, rows' worth
  private static final double NEGLIGIBLE = -25; // log of a weight against the largest
  private static final int STEPS = 512; // of the tabled kernel, a standard deviation
  private static final int REACH = 8; // standard deviations that are tabled
  private static final double FLOOR = 1e-12;
  private static final double[][] KERNELS = kernels(); // (scales)(REACH * STEPS) by distance

  private final Grid grid;
  private final Filler base;
  private final Filled filled;
  private final double[][] place; // (width)(rows): the exemplars by place
  private final double[][] blur; // (width)(rows) 1 / 2 (v + mean s²), 0 where known
  private final double[][] height; // (width)(rows) log of that kernel at 0
  private final double[][] often; // (width)(scales)
  private final double[][] table; // (width)(REACH * STEPS) log kernel of a known cell

  private final Map<double[], Integer> own = new IdentityHashMap<>(); // row → exemplar

  private Exemplars(Grid grid, Filler base) {
    this.grid = grid;
    this.base = base;
    this.filled = base.fill(grid);
    int d = grid.width;
    place = new double[d][grid.rows];
    blur = new double[d][grid.rows];
    height = new double[d][grid.rows];
    often = new double[d][SCALES.length];
    table = new double[d][REACH * STEPS];
    for (int j = 0; j < d; j++) {
      Arrays.fill(often[j], 1.0 / SCALES.length);
      for (int r = 0; r < grid.rows; r++) {
        own.put(grid.values[r], r);
        place[j][r] = filled.mean[r][j];
      }
    }
    tabulate();
  }

  /** Learns the scales by EM, each row against all others. */
  static Exemplars learn(Grid whole, Filler base, long seed) {
    Grid grid = whole.sample(MOST_EXEMPLARS, seed);
    Exemplars exemplars = new Exemplars(grid, base);
    int[] rows =
        new Random(seed)
            .ints(0, grid.rows)
            .distinct()
            .limit(Math.min(grid.rows, LEARNED_FROM))
            .toArray();
    for (int round = 0; round < ROUNDS; round++) {
      exemplars.step(rows);
    }
    return exemplars;
  }

  private void tabulate() {
    for (int j = 0; j < grid.width; j++) {
      double square = 0;
      for (int q = 0; q < SCALES.length; q++) {
        square += often[j][q] * SCALES[q] * SCALES[q];
      }
      for (int i = 0; i < table[j].length; i++) {
        double kernel = FLOOR;
        for (int q = 0; q < SCALES.length; q++) {
          kernel += often[j][q] * KERNELS[q][i];
        }
        table[j][i] = StrictMath.log(kernel);
      }
      for (int r = 0; r < grid.rows; r++) {
        if (!grid.known[r][j]) {
          double v = filled.variance[r][j] + square;
          blur[j][r] = 0.5 / v;
          height[j][r] = -0.5 * StrictMath.log(v);
        }
      }
    }
  }

  /** Normal densities up to a constant factor: an exponential each time cost most of learning. */
  private static double[][] kernels() {
    double[][] kernels = new double[SCALES.length][REACH * STEPS];
    for (int q = 0; q < SCALES.length; q++) {
      double sd = SCALES[q];
      for (int i = 0; i < kernels[q].length; i++) {
        double x = (i + 0.5) / STEPS;
        kernels[q][i] = Exponential.exp(-0.5 * x * x / (sd * sd)) / sd;
      }
    }
    return kernels;
  }

  /** Where a distance is tabled. */
  private static int tabled(double off) {
    return Math.min(REACH * STEPS - 1, (int) (Math.abs(off) * STEPS));
  }

  /** Adds up {@code log w_i} for one row at temperature 1; returns the largest. */
  private double logWeights(double[] x, boolean[] known, int itself, double[] out) {
    Arrays.fill(out, 0);
    for (int j = 0; j < x.length; j++) {
      if (!known[j]) {
        continue;
      }
      double[] at = place[j];
      double[] log = table[j];
      double[] h = blur[j];
      double[] c = height[j];
      for (int r = 0; r < out.length; r++) {
        double off = x[j] - at[r];
        out[r] += h[r] == 0 ? log[tabled(off)] : c[r] - off * off * h[r];
      }
    }
    if (itself >= 0) {
      out[itself] = Double.NEGATIVE_INFINITY;
    }
    return Arrays.stream(out).max().orElse(0);
  }

  /** A row's place among the exemplars, or -1: no row is its own example. */
  private int itself(double[] row) {
    return own.getOrDefault(row, -1);
  }

  private void step(int[] rows) {
    int d = grid.width;
    double[] log = new double[grid.rows];
    double[][] counts = new double[d][SCALES.length];
    double[] part = new double[SCALES.length];
    for (int r : rows) {
      double top = logWeights(grid.values[r], grid.known[r], r, log);
      double total = 0;
      for (int i = 0; i < log.length; i++) {
        log[i] = log[i] - top < NEGLIGIBLE ? 0 : Exponential.exp(log[i] - top);
        total += log[i];
      }
      for (int i = 0; i < log.length; i++) {
        double w = log[i] / total;
        for (int j = 0; w > 1e-4 && j < d; j++) {
          if (grid.known[r][j] && grid.known[i][j]) {
            double all = FLOOR;
            int off = tabled(grid.values[r][j] - place[j][i]);
            for (int q = 0; q < part.length; q++) {
              part[q] = often[j][q] * KERNELS[q][off];
              all += part[q];
            }
            for (int q = 0; q < part.length; q++) {
              counts[j][q] += w * part[q] / all;
            }
          }
        }
      }
    }
    for (int j = 0; j < d; j++) {
      double all = Arrays.stream(counts[j]).sum() + SCALES.length;
      for (int q = 0; q < part.length; q++) {
        often[j][q] = (counts[j][q] + 1) / all;
      }
    }
    tabulate();
  }

  @Override
  public List<Filled> fill(Grid other, boolean[] wanted) {
    List<Filled> out = new ArrayList<>();
    ExemplarSums[] sums = new ExemplarSums[TEMPERATURES.length];
    for (int t = 0; t < sums.length; t++) {
      out.add(new Filled(other));
      sums[t] = new ExemplarSums(grid.width);
    }
    Filled under = base.fill(other, wanted).get(0);
    double[] log = new double[grid.rows];
    for (int r = 0; r < other.rows; r++) {
      if (!wanted[r]) {
        continue;
      }
      double top = logWeights(other.values[r], other.known[r], itself(other.values[r]), log);
      for (int t = 0; t < sums.length; t++) {
        double least = top + NEGLIGIBLE / TEMPERATURES[t];
        sums[t].clear();
        for (int i = 0; i < log.length; i++) {
          if (log[i] >= least) {
            sums[t].add(
                Exponential.exp(TEMPERATURES[t] * (log[i] - top)), grid.values[i], grid.known[i]);
          }
        }
        for (int j = 0; j < grid.width; j++) {
          if (!other.known[r][j]) {
            sums[t].put(j, r, under, out.get(t), BASE_WEIGHT);
          }
        }
      }
    }
    return out;
  }
}
