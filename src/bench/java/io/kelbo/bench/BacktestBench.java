package io.kelbo.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Process time of whole backtests, the start of the JVM, its compiler and collector included: 700
 * rows of 8 columns, and 30,000 rows of 38, each the least of some runs. Time on a core, not on the
 * wall, so that a busy machine tells it too, though somewhat longer.
 */
final class BacktestBench {
  private static final int RUNS = 3;
  private static final String SAID = "process seconds ";

  private BacktestBench() {}

  static void run(boolean json) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("backtest");
    List<String> parts = new ArrayList<>();
    for (int[] size : new int[][] {{700, 8}, {30_000, 38}}) {
      Path table = table(folder.resolve("rows.csv"), size[0], size[1]);
      double least = Double.POSITIVE_INFINITY;
      for (int run = 0; run < RUNS; run++) {
        least = Math.min(least, seconds(table, folder.resolve("scores.csv")));
      }
      parts.add(String.format(Locale.ROOT, "\"seconds_%dx%d\": %.2f", size[0], size[1], least));
    }
    Files.delete(folder.resolve("rows.csv"));
    Files.delete(folder.resolve("scores.csv"));
    Files.delete(folder);
    Printed.line("backtest", parts, json);
  }

  private static Path table(Path file, int rows, int columns) throws IOException {
    double[][] numbers = Made.numbers(rows, columns, 1);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int c = 0; c < columns; c++) {
        out.write((c == 0 ? "f" : ",f") + c);
      }
      for (double[] row : numbers) {
        out.write('\n');
        for (int c = 0; c < columns; c++) {
          out.write(String.format(Locale.ROOT, c == 0 ? "%.5f" : ",%.5f", row[c]));
        }
      }
      out.write('\n');
    }
    return file;
  }

  private static double seconds(Path table, Path scores) throws IOException, InterruptedException {
    Process process =
        OwnJvm.of("1g", List.of(Told.class.getName(), table.toString(), scores.toString())).start();
    double seconds = Double.NaN;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(SAID)) {
          seconds = Double.parseDouble(line.substring(SAID.length()));
        }
      }
    }
    int code = process.waitFor();
    if (code != 0 || Double.isNaN(seconds)) {
      throw new IllegalStateException("the backtest ended with %d; see above".formatted(code));
    }
    return seconds;
  }

  /** Runs a backtest as the command line does, and says at its end what the process has used. */
  static final class Told {
    private Told() {}

    /** Arguments: table, scores. */
    public static void main(String[] args) {
      OperatingSystemMXBean system =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () ->
                      System.out.printf(
                          Locale.ROOT, SAID + "%.3f%n", system.getProcessCpuTime() / 1e9)));
      io.kelbo.cli.Kelbo.main(new String[] {"backtest", args[0], "--scores", args[1]});
    }
  }
}
