package io.kelbo.bench;

import io.kelbo.impute.PredictOptions;
import io.kelbo.impute.Prediction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Predictions by the joint model against ridge and logistic regression, cross-validated in five
 * folds on the tables beside the project. At most 4,000 rows of each, drawn by seed 1.
 */
final class PredictBench {
  private static final Path TABLES = Path.of("..", "shared", "data");
  private static final int FOLDS = 5;
  private static final int MOST_ROWS = 4000;

  /** The column of numbers that is told, by table. */
  static final Map<String, String> VALUES =
      Map.of(
          "breast_cancer",
          "mean_radius",
          "concrete",
          "strength",
          "energy",
          "x8",
          "power_plant",
          "PE",
          "wine",
          "alcohol");

  private static final List<String> CLASSES =
      List.of(
          "cardio", "glass", "mammography", "PageBlocks", "pendigits", "thyroid", "vowels", "WDBC");

  private PredictBench() {}

  static void run(boolean json) throws Exception {
    if (!Files.isDirectory(TABLES)) {
      throw new IOException("there are no tables at " + TABLES);
    }
    if (!json) {
      System.out.println("rmse: table rows  mean  ridge  kelbo  in its 90 % interval");
    }
    for (String name : VALUES.keySet().stream().sorted().toList()) {
      value(name, VALUES.get(name), json);
    }
    if (!json) {
      System.out.println(
          "classes: table rows  accuracy, log-loss, calibration error of logistic, of kelbo");
    }
    for (String name : CLASSES) {
      classes(name, json);
    }
  }

  private static void value(String name, String target, boolean json) throws Exception {
    List<String[]> table = read(TABLES.resolve("imputation").resolve(name + ".csv.gz"));
    int at = Arrays.asList(table.get(0)).indexOf(target);
    double[] truth = column(table, at);
    double[] mean = new double[truth.length];
    double[] ridge = new double[truth.length];
    double[] kelbo = new double[truth.length];
    int inside = 0;
    int[] fold = new Random(1).ints(truth.length, 0, FOLDS).toArray();
    for (int f = 0; f < FOLDS; f++) {
      int[] in = rows(fold, f, false);
      int[] out = rows(fold, f, true);
      double[] y = pick(truth, in);
      double average = Arrays.stream(y).average().orElseThrow();
      double[] rivals = LinearRivals.ridge(numbers(table, at, in), y, numbers(table, at, out));
      List<String[]> ours = predicted(table, at, in, out, target);
      int first = table.get(0).length;
      for (int i = 0; i < out.length; i++) {
        String[] row = ours.get(i + 1);
        mean[out[i]] = average;
        ridge[out[i]] = rivals[i];
        kelbo[out[i]] = Double.parseDouble(row[first]);
        double t = truth[out[i]];
        inside +=
            Double.parseDouble(row[first + 2]) <= t && t <= Double.parseDouble(row[first + 3])
                ? 1
                : 0;
      }
    }
    System.out.printf(
        Locale.ROOT,
        json
            ? "{\"table\": \"%s\", \"rows\": %d, \"mean\": %.4f, \"ridge\": %.4f, \"kelbo\": %.4f, \"coverage_90\": %.3f}%n"
            : "%-14s %5d %9.4f %9.4f %9.4f %5.3f%n",
        name + "." + target,
        truth.length,
        rmse(truth, mean),
        rmse(truth, ridge),
        rmse(truth, kelbo),
        (double) inside / truth.length);
  }

  private static void classes(String name, boolean json) throws Exception {
    List<String[]> table = read(TABLES.resolve("tabular").resolve(name + ".csv.gz"));
    int at = table.get(0).length - 1;
    int[] truth = Arrays.stream(column(table, at)).mapToInt(v -> (int) v).toArray();
    double[] logistic = new double[truth.length];
    double[] kelbo = new double[truth.length];
    int[] fold = new Random(1).ints(truth.length, 0, FOLDS).toArray();
    for (int f = 0; f < FOLDS; f++) {
      int[] in = rows(fold, f, false);
      int[] out = rows(fold, f, true);
      int[] y = Arrays.stream(in).map(r -> truth[r]).toArray();
      double[] rival = LinearRivals.logistic(numbers(table, at, in), y, numbers(table, at, out));
      List<String[]> ours = predicted(table, at, in, out, "anomaly");
      int one = Arrays.asList(ours.get(0)).size() - 1; // classes in order: 0, then 1
      for (int i = 0; i < out.length; i++) {
        logistic[out[i]] = rival[i];
        kelbo[out[i]] = Double.parseDouble(ours.get(i + 1)[one]);
      }
    }
    double[] a = quality(truth, logistic);
    double[] b = quality(truth, kelbo);
    System.out.printf(
        Locale.ROOT,
        json
            ? "{\"table\": \"%s\", \"rows\": %d, \"logistic\": {\"accuracy\": %.4f, \"log_loss\": %.4f, \"calibration_error\": %.4f}, \"kelbo\": {\"accuracy\": %.4f, \"log_loss\": %.4f, \"calibration_error\": %.4f}}%n"
            : "%-12s %5d   %.4f %.4f %.4f   %.4f %.4f %.4f%n",
        name,
        truth.length,
        a[0],
        a[1],
        a[2],
        b[0],
        b[1],
        b[2]);
  }

  /** Accuracy, log-loss in nats, calibration error over ten bins of sureness. */
  private static double[] quality(int[] truth, double[] one) {
    double[] found = new double[3];
    double[] gap = new double[10];
    for (int r = 0; r < truth.length; r++) {
      double sure = Math.max(one[r], 1 - one[r]);
      boolean right = (one[r] >= 0.5 ? 1 : 0) == truth[r];
      found[0] += right ? 1.0 / truth.length : 0;
      found[1] -= Math.log(Math.max(1e-12, truth[r] == 1 ? one[r] : 1 - one[r])) / truth.length;
      gap[Math.min(9, (int) (10 * sure))] += (sure - (right ? 1 : 0)) / truth.length;
    }
    found[2] = Arrays.stream(gap).map(Math::abs).sum();
    return found;
  }

  private static List<String[]> predicted(
      List<String[]> table, int at, int[] in, int[] out, String target) throws Exception {
    Path folder = Files.createTempDirectory("kelbo-predict");
    Path train = folder.resolve("train.csv");
    Path asked = folder.resolve("asked.csv");
    Files.writeString(train, text(table, in, -1));
    Files.writeString(asked, text(table, out, at));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Prediction.run(new PredictOptions(asked, train, target, false, 1), what -> {}).write(bytes);
    Files.delete(train);
    Files.delete(asked);
    Files.delete(folder);
    return bytes.toString(StandardCharsets.UTF_8).lines().map(line -> line.split(",", -1)).toList();
  }

  private static String text(List<String[]> table, int[] rows, int without) {
    StringBuilder text = new StringBuilder(String.join(",", table.get(0))).append('\n');
    for (int r : rows) {
      String[] cells = table.get(r + 1).clone();
      if (without >= 0) {
        cells[without] = "";
      }
      text.append(String.join(",", cells)).append('\n');
    }
    return text.toString();
  }

  private static List<String[]> read(Path file) throws IOException {
    return read(file, MOST_ROWS);
  }

  /** Rows without their times; at most so many, drawn by seed 1. */
  static List<String[]> read(Path file, int most) throws IOException {
    List<String[]> all = new ArrayList<>();
    try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
      new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(
              line ->
                  line.startsWith("timestamp,") || line.startsWith("20") && line.charAt(4) == '-'
                      ? line.substring(line.indexOf(',') + 1)
                      : line)
          .forEach(line -> all.add(line.split(",", -1)));
    }
    if (all.size() <= most + 1) {
      return all;
    }
    List<String[]> some = new ArrayList<>();
    some.add(all.get(0));
    new Random(1)
        .ints(1, all.size())
        .distinct()
        .limit(most)
        .sorted()
        .forEach(r -> some.add(all.get(r)));
    return some;
  }

  private static double[] column(List<String[]> table, int at) {
    return table.stream().skip(1).mapToDouble(row -> Double.parseDouble(row[at])).toArray();
  }

  private static double[][] numbers(List<String[]> table, int without, int[] rows) {
    return Arrays.stream(rows)
        .mapToObj(
            r ->
                IntStream.range(0, table.get(0).length)
                    .filter(c -> c != without)
                    .mapToDouble(c -> Double.parseDouble(table.get(r + 1)[c]))
                    .toArray())
        .toArray(double[][]::new);
  }

  private static int[] rows(int[] fold, int f, boolean inside) {
    return IntStream.range(0, fold.length).filter(r -> (fold[r] == f) == inside).toArray();
  }

  private static double[] pick(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(r -> values[r]).toArray();
  }

  private static double rmse(double[] truth, double[] told) {
    return Math.sqrt(
        IntStream.range(0, truth.length)
            .mapToDouble(r -> (truth[r] - told[r]) * (truth[r] - told[r]))
            .average()
            .orElseThrow());
  }
}
