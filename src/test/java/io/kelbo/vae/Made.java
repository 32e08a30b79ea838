package io.kelbo.vae;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Data and networks that tests know the truth of. */
final class Made {
  private Made() {}

  static List<Head> gaussians(int d) {
    return IntStream.range(0, d).mapToObj(j -> new Head(Likelihood.GAUSSIAN, j, 1)).toList();
  }

  /** One head of each kind, with a second Gaussian and two categories: 9 inputs, 6 heads. */
  static List<Head> mixed() {
    return List.of(
        new Head(Likelihood.GAUSSIAN, 0, 1),
        new Head(Likelihood.BERNOULLI, 1, 1),
        new Head(Likelihood.POISSON, 2, 1),
        new Head(Likelihood.CATEGORICAL, 3, 4),
        new Head(Likelihood.GAUSSIAN, 7, 1),
        new Head(Likelihood.CATEGORICAL, 8, 1));
  }

  /** Loadings (d)(L) in -1..1 with unit-variance-like scales, the same for the same seed. */
  static double[][] loadings(int d, int latent, long seed) {
    Random random = new Random(seed);
    double[][] w = new double[d][latent];
    for (double[] row : w) {
      Arrays.setAll(row, l -> random.nextGaussian() * 0.7);
    }
    return w;
  }

  /** Rows of {@code x = W z + sd e}, nothing missing. */
  static List<double[]> linear(double[][] w, double sd, int rows, long seed) {
    Random random = new Random(seed);
    List<double[]> all = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      double[] z = random.doubles(w[0].length).map(u -> random.nextGaussian()).toArray();
      double[] x = new double[w.length];
      for (int j = 0; j < x.length; j++) {
        x[j] = sd * random.nextGaussian();
        for (int l = 0; l < z.length; l++) {
          x[j] += w[j][l] * z[l];
        }
      }
      all.add(x);
    }
    return all;
  }

  /** Rows for training; each cell is missing with the given probability, and then 0. */
  static Rows rows(List<double[]> x, double missing, long seed) {
    Random random = new Random(seed);
    int d = x.get(0).length;
    Workspace w = new Workspace(new Shape(gaussians(d), 1, 0));
    Rows rows = new Rows();
    for (double[] row : x) {
      for (int j = 0; j < d; j++) {
        w.mask[j] = random.nextDouble() < missing ? 0 : 1;
        w.input[j] = w.mask[j] * row[j];
        w.target[j] = w.input[j];
      }
      rows.add(w);
    }
    return rows;
  }

  static LinearStart.Fitted factorAnalysis(Rows rows, int d, int latent) {
    return LinearStart.fit(gaussians(d), rows, latent, new boolean[d]);
  }

  /** Complete observation of Gaussian heads in a workspace. */
  static void load(double[] x, boolean[] observed, Workspace w) {
    for (int j = 0; j < x.length; j++) {
      w.mask[j] = observed[j] ? 1 : 0;
      w.input[j] = observed[j] ? x[j] : 0;
      w.target[j] = w.input[j];
    }
  }

  static boolean[] all(int d) {
    boolean[] all = new boolean[d];
    Arrays.fill(all, true);
    return all;
  }
}
