package io.kelbo.bench;

import io.kelbo.impute.PredictOptions;
import io.kelbo.model.Prediction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which server a row comes from, learned from the first 70 % of each server's time and asked of the
 * rest: the stream's prediction and {@code kelbo predict} against softmax regression.
 */
final class ServersBench {
  private static final Path DATA = Path.of("..", "shared", "data");
  private static final int LEARNED = 600; // rows a server
  private static final int ASKED = 300;

  private ServersBench() {}

  static void run(String set, boolean json) throws Exception {
    List<double[]> learned = new ArrayList<>();
    List<double[]> asked = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<String> truth = new ArrayList<>();
    List<Path> files;
    try (var all = Files.list(DATA.resolve(set))) {
      files = all.filter(file -> file.toString().endsWith("_train.csv.gz")).sorted().toList();
    }
    for (Path file : files) {
      String server = file.getFileName().toString().replace("_train.csv.gz", "");
      double[][] rows = numbers(PredictBench.read(file, Integer.MAX_VALUE - 1));
      int end = (int) (0.7 * rows.length);
      for (int i = 0; i < LEARNED; i++) {
        learned.add(rows[(int) ((long) i * end / LEARNED)]);
        labels.add(server);
      }
      for (int i = 0; i < ASKED; i++) {
        asked.add(rows[end + (int) ((long) i * (rows.length - end) / ASKED)]);
        truth.add(server);
      }
    }
    shuffle(learned, labels);
    double[][] in = learned.toArray(double[][]::new);
    double[][] out = asked.toArray(double[][]::new);
    List<String> classes = labels.stream().distinct().sorted().toList();
    int[] y = labels.stream().mapToInt(classes::indexOf).toArray();
    double[][] ours = new double[out.length][classes.size()];
    List<Prediction> told = ToldStream.of(in, null, labels, out);
    for (int r = 0; r < ours.length; r++) {
      for (Prediction.Chance one : told.get(r).chances()) {
        ours[r][classes.indexOf(one.category())] = one.chance();
      }
    }
    print(set, "softmax", truth, classes, LinearRivals.softmax(in, y, classes.size(), out), json);
    print(set, "stream", truth, classes, ours, json);
    print(set, "predict", truth, classes, predicted(in, labels, classes, out), json);
  }

  private static void print(
      String set,
      String who,
      List<String> truth,
      List<String> classes,
      double[][] chances,
      boolean json) {
    double[] found = new double[3];
    double[] gap = new double[10];
    for (int r = 0; r < chances.length; r++) {
      int own = classes.indexOf(truth.get(r));
      int best = 0;
      for (int c = 1; c < classes.size(); c++) {
        best = chances[r][c] > chances[r][best] ? c : best;
      }
      double sure = chances[r][best];
      found[0] += best == own ? 1.0 / chances.length : 0;
      found[1] -= Math.log(Math.max(1e-12, chances[r][own])) / chances.length;
      gap[Math.min(9, (int) (10 * sure))] += (sure - (best == own ? 1 : 0)) / chances.length;
    }
    found[2] = Arrays.stream(gap).map(Math::abs).sum();
    System.out.printf(
        Locale.ROOT,
        json
            ? "{\"set\": \"%s\", \"servers\": %d, \"asked\": %d, \"who\": \"%s\", \"accuracy\": %.4f, \"log_loss\": %.4f, \"calibration_error\": %.4f}%n"
            : "%-5s %d servers %5d rows %-8s %.4f %.4f %.4f%n",
        set,
        classes.size(),
        chances.length,
        who,
        found[0],
        found[1],
        found[2]);
  }

  private static double[][] predicted(
      double[][] in, List<String> labels, List<String> classes, double[][] out) throws Exception {
    Path folder = Files.createTempDirectory("kelbo-target");
    Path train = Files.writeString(folder.resolve("train.csv"), text(in, labels));
    Path asked =
        Files.writeString(
            folder.resolve("asked.csv"), text(out, Collections.nCopies(out.length, "")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    io.kelbo.impute.Prediction.run(new PredictOptions(asked, train, "target", false, 1), what -> {})
        .write(bytes);
    Files.delete(train);
    Files.delete(asked);
    Files.delete(folder);
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    List<String> header = Arrays.asList(lines.get(0).split(",", -1));
    double[][] chances = new double[out.length][classes.size()];
    for (int r = 0; r < out.length; r++) {
      String[] cells = lines.get(r + 1).split(",", -1);
      for (int c = 0; c < classes.size(); c++) {
        chances[r][c] = Double.parseDouble(cells[header.indexOf("target__p__" + classes.get(c))]);
      }
    }
    return chances;
  }

  private static String text(double[][] x, List<String> labels) {
    StringBuilder text = new StringBuilder();
    for (int c = 0; c < x[0].length; c++) {
      text.append('x').append(c).append(',');
    }
    text.append("target\n");
    for (int r = 0; r < x.length; r++) {
      for (double v : x[r]) {
        text.append(v).append(',');
      }
      text.append(labels.get(r)).append('\n');
    }
    return text.toString();
  }

  private static double[][] numbers(List<String[]> lines) {
    return lines.stream()
        .skip(1)
        .map(
            line ->
                IntStream.range(0, line.length - 1) // all but the label
                    .mapToDouble(c -> Double.parseDouble(line[c]))
                    .toArray())
        .toArray(double[][]::new);
  }

  private static void shuffle(List<double[]> rows, List<String> labels) {
    Random random = new Random(1);
    for (int i = rows.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Collections.swap(rows, i, j);
      Collections.swap(labels, i, j);
    }
  }
}
