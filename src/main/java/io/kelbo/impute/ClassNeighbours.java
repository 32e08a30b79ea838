package io.kelbo.impute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The exemplar prior with the classes as further cells: similar rows are of similar classes. */
final class ClassNeighbours {
  private static final double FLOOR = 1e-3; // of a chance

  private final Exemplars exemplars;
  private final double[] share; // (classes)
  private final int width; // of the features

  private ClassNeighbours(Exemplars exemplars, double[] share, int width) {
    this.exemplars = exemplars;
    this.share = share;
    this.width = width;
  }

  /** One opinion for each temperature of the exemplars. */
  static List<ClassOpinion> learn(Grid features, int[] labels, int classes, long seed) {
    double[] share = new double[classes];
    double known = 0;
    for (int label : labels) {
      known += label < 0 ? 0 : 1;
      for (int c = 0; c < classes; c++) {
        share[c] += label == c ? 1 : 0;
      }
    }
    for (int c = 0; c < classes; c++) {
      share[c] = (share[c] + 0.5) / (known + 0.5 * classes);
    }
    Grid joint = joint(features, labels, share);
    Exemplars learned = Exemplars.learn(joint, Candidate.one(joint), seed);
    ClassNeighbours neighbours = new ClassNeighbours(learned, share, features.width);
    List<ClassOpinion> opinions = new ArrayList<>();
    for (int t = 0; t < Exemplars.TEMPERATURES.length; t++) {
      int temperature = t;
      opinions.add((grid, wanted) -> neighbours.logChances(grid, wanted, temperature));
    }
    return opinions;
  }

  private static Grid joint(Grid features, int[] labels, double[] share) {
    int width = features.width;
    double[][] values = new double[features.rows][];
    boolean[][] known = new boolean[features.rows][];
    for (int r = 0; r < features.rows; r++) {
      values[r] = Arrays.copyOf(features.values[r], width + share.length);
      known[r] = Arrays.copyOf(features.known[r], width + share.length);
      for (int c = 0; labels[r] >= 0 && c < share.length; c++) {
        values[r][width + c] = ((labels[r] == c ? 1 : 0) - share[c]) / deviation(share[c]);
        known[r][width + c] = true;
      }
    }
    return new Grid(values, known);
  }

  private static double deviation(double share) {
    return Math.sqrt(share * (1 - share));
  }

  private double[][] logChances(Grid features, boolean[] wanted, int temperature) {
    int[] unknown = new int[features.rows];
    Arrays.fill(unknown, -1);
    Filled filled = exemplars.fill(joint(features, unknown, share), wanted).get(temperature);
    double[][] out = new double[features.rows][share.length];
    for (int r = 0; r < features.rows; r++) {
      double sum = 0;
      for (int c = 0; c < share.length; c++) {
        double chance = filled.mean[r][width + c] * deviation(share[c]) + share[c];
        out[r][c] = Math.max(FLOOR * share[c], chance);
        sum += out[r][c];
      }
      for (int c = 0; c < share.length; c++) {
        out[r][c] = StrictMath.log(out[r][c] / sum);
      }
    }
    return out;
  }
}
