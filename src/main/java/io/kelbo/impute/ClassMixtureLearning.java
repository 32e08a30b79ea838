package io.kelbo.impute;

import java.util.ArrayList;
import java.util.List;

/** Learns mixtures whose components belong to classes, from rows with holes. */
final class ClassMixtureLearning {
  private static final double FLOOR = 0.001; // variance, standardised
  private static final double NO_CORRELATION = 2; // rows' worth
  private static final int ITERATIONS = 15;
  private static final int ROWS_A_COMPONENT = 6;

  private final Grid features;
  private final int[] labels; // (rows), -1 unknown
  private final int classes;
  private final double[][] filled; // (rows, width)
  private final int d;
  private final double[] count; // (classes)
  private final double[][] mean; // (classes)(width)
  private final double[][] scatter; // (classes)(width, width)
  private final double[] within; // (width, width)

  ClassMixtureLearning(Grid features, int[] labels, int classes) {
    this.features = features;
    this.labels = labels;
    this.classes = classes;
    this.d = features.width;
    this.filled = Candidate.one(features).fill(features).mean;
    this.count = new double[classes];
    this.mean = new double[classes][d];
    this.scatter = new double[classes][d * d];
    this.within = new double[d * d];
    measure();
  }

  private void measure() {
    for (int r = 0; r < filled.length; r++) {
      for (int j = 0; labels[r] >= 0 && j < d; j++) {
        mean[labels[r]][j] += filled[r][j];
      }
      if (labels[r] >= 0) {
        count[labels[r]]++;
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < d; j++) {
        mean[c][j] /= Math.max(1, count[c]);
      }
    }
    double all = 0;
    for (int r = 0; r < filled.length; r++) {
      int c = labels[r];
      all += c < 0 ? 0 : 1;
      for (int i = 0; c >= 0 && i < d; i++) {
        double off = filled[r][i] - mean[c][i];
        for (int j = 0; j < d; j++) {
          scatter[c][i * d + j] += off * (filled[r][j] - mean[c][j]);
        }
      }
    }
    for (int i = 0; i < d * d; i++) {
      for (int c = 0; c < classes; c++) {
        within[i] += scatter[c][i];
      }
      boolean diagonal = i % (d + 1) == 0;
      within[i] = within[i] / (all + (diagonal ? 0 : NO_CORRELATION)) + (diagonal ? FLOOR : 0);
    }
  }

  /**
   * One component a class.
   *
   * @param pull rows' worth of the common covariance in each class's own; infinite for the common
   *     one alone
   */
  ClassMixture single(double pull) {
    double[][] covariance = new double[classes][];
    int[] owner = new int[classes];
    for (int c = 0; c < classes; c++) {
      owner[c] = c;
      covariance[c] = within.clone();
      for (int i = 0; Double.isFinite(pull) && i < d * d; i++) {
        covariance[c][i] = (scatter[c][i] + pull * within[i]) / (count[c] + pull);
        covariance[c][i] += i % (d + 1) == 0 ? FLOOR : 0;
      }
    }
    return new ClassMixture(new Mixture(d, shares(), mean, covariance), owner, classes);
  }

  private double[] shares() {
    double all = java.util.Arrays.stream(count).sum() + classes;
    return java.util.Arrays.stream(count).map(n -> (n + 1) / all).toArray();
  }

  /** Several components a class, as many as its rows allow; the rare classes keep one. */
  ClassMixture parted(int size, long seed) {
    ClassMixture single = single(d + 2.0);
    double[] share = shares();
    List<Double> shares = new ArrayList<>();
    List<double[]> means = new ArrayList<>();
    List<double[]> covariances = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      int own = c;
      int parts = (int) Math.min(size, count[c] / ROWS_A_COMPONENT);
      int[] rows =
          java.util.stream.IntStream.range(0, labels.length)
              .filter(r -> labels[r] == own)
              .toArray();
      Mixture mixture =
          parts < 2
              ? null
              : MixtureLearning.learn(
                  features.rows(rows), select(rows), parts, d + 2.0, FLOOR, ITERATIONS, seed + c);
      for (int k = 0; k < (mixture == null ? 1 : parts); k++) {
        owners.add(c);
        shares.add(share[c] * (mixture == null ? 1 : mixture.share[k]));
        means.add(mixture == null ? mean[c] : mixture.mean[k]);
        covariances.add(mixture == null ? single.mixture().covariance[c] : mixture.covariance[k]);
      }
    }
    return new ClassMixture(
        new Mixture(
            d,
            shares.stream().mapToDouble(s -> s).toArray(),
            means.toArray(double[][]::new),
            covariances.toArray(double[][]::new)),
        owners.stream().mapToInt(o -> o).toArray(),
        classes);
  }

  private double[][] select(int[] rows) {
    return java.util.Arrays.stream(rows).mapToObj(r -> filled[r]).toArray(double[][]::new);
  }
}
