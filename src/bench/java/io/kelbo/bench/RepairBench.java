package io.kelbo.bench;

import io.kelbo.backtest.DoubtedCells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Values made wrong in tables beside the project, learned from with the wrong values in them. One
 * cell in a hundred: moved by three to six standard deviations of its column, or taken from another
 * row. At most 4,000 rows of each, drawn by seed 1.
 */
final class RepairBench {
  private static final Path TABLES = Path.of("..", "shared", "data", "imputation");
  private static final List<String> NAMES =
      List.of("breast_cancer", "concrete", "energy", "power_plant", "wine");
  private static final double[] LEVELS = {1e-2, 1e-3, 1e-4, 1e-6};
  private static final int MOST_ROWS = 4000;
  private static final double WRONG = 0.01;

  private RepairBench() {}

  static void run(boolean json) throws Exception {
    if (!Files.isDirectory(TABLES)) {
      throw new IOException("there are no tables at " + TABLES);
    }
    if (!json) {
      System.out.println("table, kind, level: wrong cells, found, right cells, taken for wrong");
    }
    for (String name : NAMES) {
      for (boolean moved : new boolean[] {true, false}) {
        measure(name, moved, json);
      }
    }
  }

  private static void measure(String name, boolean moved, boolean json) throws Exception {
    List<String[]> table = PredictBench.read(TABLES.resolve(name + ".csv.gz"), MOST_ROWS);
    Set<List<Integer>> wrong = spoil(table, moved);
    Path file = Files.createTempFile("kelbo-repair", ".csv");
    StringBuilder text = new StringBuilder();
    table.forEach(row -> text.append(String.join(",", row)).append('\n'));
    Files.writeString(file, text);
    for (double level : LEVELS) {
      int found = 0;
      int taken = 0;
      for (DoubtedCells.Cell cell : DoubtedCells.find(file, null, level, 1)) {
        int column = List.of(table.get(0)).indexOf(cell.column());
        boolean right = wrong.contains(List.of(cell.row(), column));
        found += right ? 1 : 0;
        taken += right ? 0 : 1;
      }
      System.out.printf(
          Locale.ROOT,
          json
              ? "{\"table\": \"%s\", \"kind\": \"%s\", \"level\": %s, \"wrong\": %d, \"found\": %d, \"right\": %d, \"taken\": %d}%n"
              : "%-14s %-8s %8s %6d %6d %8d %6d%n",
          name,
          moved ? "moved" : "swapped",
          level,
          wrong.size(),
          found,
          (table.size() - 1) * table.get(0).length - wrong.size(),
          taken);
    }
    Files.delete(file);
  }

  private static Set<List<Integer>> spoil(List<String[]> table, boolean moved) {
    Random random = new Random(7);
    int columns = table.get(0).length;
    Set<List<Integer>> wrong = new HashSet<>();
    double[] sds = new double[columns];
    for (int c = 0; c < columns; c++) {
      int at = c;
      double[] values =
          table.stream().skip(1).mapToDouble(row -> Double.parseDouble(row[at])).toArray();
      double mean = java.util.Arrays.stream(values).average().orElseThrow();
      double squares =
          java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      sds[c] = Math.sqrt(squares);
    }
    for (int r = 1; r < table.size(); r++) {
      for (int c = 0; c < columns; c++) {
        if (random.nextDouble() < WRONG) {
          double far = (3 + 3 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1) * sds[c];
          String before = table.get(r)[c];
          table.get(r)[c] =
              moved
                  ? Double.toString(Double.parseDouble(before) + far)
                  : table.get(1 + random.nextInt(table.size() - 1))[c];
          if (!table.get(r)[c].equals(before)) {
            wrong.add(List.of(r - 1, c));
          }
        }
      }
    }
    return wrong;
  }
}
