package io.kelbo.bench;

import io.kelbo.model.Prediction;
import io.kelbo.record.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Targets told as in the stream: numbers of tables against ridge, in five folds, and servers. */
final class TargetBench {
  private static final Path DATA = Path.of("..", "shared", "data");
  private static final int FOLDS = 5;
  private static final int MOST_ROWS = 4000;

  private TargetBench() {}

  static void run(boolean json) throws Exception {
    if (!Files.isDirectory(DATA)) {
      throw new IOException("there is no data at " + DATA);
    }
    if (!json) {
      System.out.println("rmse: table rows  mean  ridge  stream  in its 90 % interval");
    }
    for (String name : PredictBench.VALUES.keySet().stream().sorted().toList()) {
      value(name, PredictBench.VALUES.get(name), json);
    }
    if (!json) {
      System.out.println("which server: accuracy, log-loss, calibration error");
    }
    ServersBench.run("asd", json);
    ServersBench.run("smd", json);
  }

  private static void value(String name, String target, boolean json) throws Exception {
    List<String[]> table =
        PredictBench.read(DATA.resolve("imputation").resolve(name + ".csv.gz"), MOST_ROWS);
    int at = Arrays.asList(table.get(0)).indexOf(target);
    int rows = table.size() - 1;
    double[] truth = new double[rows];
    double[][] x = new double[rows][];
    for (int r = 0; r < rows; r++) {
      String[] row = table.get(r + 1);
      truth[r] = Double.parseDouble(row[at]);
      x[r] =
          IntStream.range(0, row.length)
              .filter(c -> c != at)
              .mapToDouble(c -> Double.parseDouble(row[c]))
              .toArray();
    }
    int[] fold = new Random(1).ints(rows, 0, FOLDS).toArray();
    double[] squares = new double[3];
    int inside = 0;
    for (int f = 0; f < FOLDS; f++) {
      int held = f;
      int[] in = IntStream.range(0, rows).filter(r -> fold[r] != held).toArray();
      int[] out = IntStream.range(0, rows).filter(r -> fold[r] == held).toArray();
      double[] y = Arrays.stream(in).mapToDouble(r -> truth[r]).toArray();
      double mean = Arrays.stream(y).average().orElseThrow();
      double[] ridge = LinearRivals.ridge(pick(x, in), y, pick(x, out));
      List<Prediction> told = ToldStream.of(pick(x, in), y, null, pick(x, out));
      for (int i = 0; i < out.length; i++) {
        double t = truth[out[i]];
        double value = ((Value.Number) told.get(i).value()).number();
        squares[0] += (t - mean) * (t - mean) / rows;
        squares[1] += (t - ridge[i]) * (t - ridge[i]) / rows;
        squares[2] += (t - value) * (t - value) / rows;
        inside += told.get(i).low() <= t && t <= told.get(i).high() ? 1 : 0;
      }
    }
    System.out.printf(
        Locale.ROOT,
        json
            ? "{\"table\": \"%s\", \"rows\": %d, \"mean\": %.4f, \"ridge\": %.4f, \"stream\": %.4f, \"coverage_90\": %.3f}%n"
            : "%-26s %5d %9.4f %9.4f %9.4f %5.3f%n",
        name + "." + target,
        rows,
        Math.sqrt(squares[0]),
        Math.sqrt(squares[1]),
        Math.sqrt(squares[2]),
        (double) inside / rows);
  }

  private static double[][] pick(double[][] x, int[] rows) {
    return Arrays.stream(rows).mapToObj(r -> x[r]).toArray(double[][]::new);
  }
}
