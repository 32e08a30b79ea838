package io.kelbo.bench;

import io.kelbo.backtest.RankQuality;
import io.kelbo.backtest.TableRows;
import io.kelbo.latent.Generation;
import io.kelbo.latent.LatentSpace;
import io.kelbo.record.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Generated records against real ones that were not learned from (the other half, seed 1): mean
 * Kolmogorov distance of the columns, mean error of correlations, the ROC-AUC of a discriminator
 * (logistic regression on columns, squares and products, trained on one half of both and asked on
 * the other; 0.5 is best), and the median distance to the nearest row learned from, over that of
 * real rows (well below 1 would be memory).
 */
final class GenerateBench {
  private static final Path TABLES = Path.of("..", "shared", "data", "imputation");

  private GenerateBench() {}

  static void run(boolean json) throws Exception {
    if (!Files.isDirectory(TABLES)) {
      throw new IOException("there are no tables at " + TABLES);
    }
    if (!json) {
      System.out.println("table  rows  ks  correlation error  discriminator auc  nearest ratio");
    }
    for (String name : List.of("breast_cancer", "concrete", "energy", "power_plant", "wine")) {
      TableRows table = TableRows.read(TABLES.resolve(name + ".csv.gz"), Set.of());
      List<Observation> rows = new ArrayList<>(table.rows());
      Collections.shuffle(rows, new Random(1));
      int half = Math.min(2000, rows.size() / 2);
      List<Observation> learned = rows.subList(0, half);
      LatentSpace space = LatentSpace.learn(table.layout().fields(), learned, 1);
      int size = space.fields().size();
      double[] nothing = new double[size];
      Arrays.fill(nothing, Double.NaN);
      List<Observation> made = new ArrayList<>();
      new Generation(space, 1)
          .records(half, new Observation(space.fields(), nothing, new String[size]))
          .forEachRemaining(made::add);
      double[][] scale = numbers(learned, size);
      double[][] real = standard(numbers(rows.subList(half, 2 * half), size), scale);
      double[][] ours = standard(numbers(made, size), scale);
      double[][] seen = standard(scale, scale);
      System.out.printf(
          Locale.ROOT,
          json
              ? "{\"table\": \"%s\", \"rows\": %d, \"ks\": %.3f, \"correlation_error\": %.3f, \"discriminator_auc\": %.3f, \"nearest_ratio\": %.3f}%n"
              : "%-14s %5d %.3f %.3f %.3f %.3f%n",
          name,
          half,
          kolmogorov(real, ours),
          correlations(real, ours),
          discriminator(real, ours),
          nearest(ours, seen) / nearest(real, seen));
    }
  }

  private static double[][] numbers(List<Observation> rows, int size) {
    double[][] x = new double[rows.size()][size];
    for (int r = 0; r < x.length; r++) {
      for (int j = 0; j < size; j++) {
        x[r][j] = rows.get(r).number(j);
      }
    }
    return x;
  }

  private static double[][] standard(double[][] x, double[][] by) {
    double[][] out = new double[x.length][x[0].length];
    for (int j = 0; j < x[0].length; j++) {
      int place = j;
      double mean = Arrays.stream(by).mapToDouble(row -> row[place]).average().orElseThrow();
      double square =
          Arrays.stream(by)
              .mapToDouble(row -> (row[place] - mean) * (row[place] - mean))
              .average()
              .orElseThrow();
      for (int r = 0; r < x.length; r++) {
        out[r][j] = (x[r][j] - mean) / Math.max(1e-9, Math.sqrt(square));
      }
    }
    return out;
  }

  private static double kolmogorov(double[][] a, double[][] b) {
    double sum = 0;
    for (int j = 0; j < a[0].length; j++) {
      int place = j;
      double[] one = Arrays.stream(a).mapToDouble(row -> row[place]).sorted().toArray();
      double[] two = Arrays.stream(b).mapToDouble(row -> row[place]).sorted().toArray();
      double most = 0;
      int k = 0;
      for (int i = 0; i < one.length; i++) {
        boolean last = i + 1 == one.length || one[i + 1] != one[i];
        while (k < two.length && two[k] <= one[i]) {
          k++;
        }
        most =
            last
                ? Math.max(most, Math.abs((i + 1.0) / one.length - (double) k / two.length))
                : most;
      }
      sum += most;
    }
    return sum / a[0].length;
  }

  private static double correlations(double[][] a, double[][] b) {
    int d = a[0].length;
    double sum = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        sum += Math.abs(correlation(a, i, j) - correlation(b, i, j));
      }
    }
    return sum / (d * (d - 1) / 2.0);
  }

  private static double correlation(double[][] x, int i, int j) {
    double[][] z = standard(x, x);
    return Arrays.stream(z).mapToDouble(row -> row[i] * row[j]).average().orElseThrow();
  }

  private static double discriminator(double[][] real, double[][] made) {
    List<double[]> learn = new ArrayList<>();
    List<double[]> ask = new ArrayList<>();
    List<Integer> which = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    for (int r = 0; r < real.length; r++) {
      (r % 2 == 0 ? learn : ask).add(products(real[r]));
      (r % 2 == 0 ? which : truth).add(0);
      (r % 2 == 0 ? learn : ask).add(products(made[r]));
      (r % 2 == 0 ? which : truth).add(1);
    }
    double[] score =
        LinearRivals.logistic(
            learn.toArray(double[][]::new),
            which.stream().mapToInt(v -> v).toArray(),
            ask.toArray(double[][]::new));
    boolean[] strange = new boolean[score.length];
    for (int i = 0; i < strange.length; i++) {
      strange[i] = truth.get(i) == 1;
    }
    return RankQuality.of(score, strange).rocAuc();
  }

  private static double[] products(double[] row) {
    int d = row.length;
    double[] out = new double[d + d * (d + 1) / 2];
    int at = 0;
    for (int i = 0; i < d; i++) {
      out[at++] = row[i];
      for (int j = 0; j <= i; j++) {
        out[at++] = row[i] * row[j];
      }
    }
    return out;
  }

  private static double nearest(double[][] from, double[][] to) {
    double[] least = new double[from.length];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int r = 0; r < from.length; r++) {
      for (double[] other : to) {
        double sum = 0;
        for (int j = 0; j < other.length; j++) {
          sum += (from[r][j] - other[j]) * (from[r][j] - other[j]);
        }
        least[r] = Math.min(least[r], sum);
      }
    }
    Arrays.sort(least);
    return Math.sqrt(least[least.length / 2]);
  }
}
