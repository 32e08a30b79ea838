package io.kelbo.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.record.Declared;
import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mean PR-AUC and ROC-AUC over labelled tables, where their files lie beside the project. */
class TabularQualityTest {
  private static final Path TABLES =
      Path.of(System.getProperty("kelbo.home", "."), "..", "shared", "data", "tabular");

  @TempDir private Path folder;

  private record Scored(double score, boolean strange) {}

  /** The rows after the first 30 %, which are learned from without labels; highest score first. */
  private List<Scored> ranked(Path file) throws BadTable, IOException {
    Path out = folder.resolve("scores.csv");
    Backtest.run(
        new BacktestOptions(
            List.of(file),
            null,
            (int) (0.3 * Table.read(file).rows()),
            new Retraining.Never(),
            new Declared(List.of(), Set.of(), null, "timestamp"),
            "anomaly",
            true,
            out,
            AlarmBudget.of("0.01"),
            1),
        rows -> {});
    List<Scored> scored = new ArrayList<>();
    List<String> lines = Files.readAllLines(out);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      scored.add(new Scored(Double.parseDouble(cells[1]), cells[8].equals("1")));
    }
    // Among equal scores the normal ones first: ties must not help.
    scored.sort(
        Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::strange));
    return scored;
  }

  /** Average precision, and the share of pairs that are ranked rightly. */
  private static double[] areas(List<Scored> ranked) {
    double precision = 0;
    double pairs = 0;
    int found = 0;
    for (int i = 0; i < ranked.size(); i++) {
      if (ranked.get(i).strange()) {
        found++;
        precision += (double) found / (i + 1);
      } else {
        pairs += found;
      }
    }
    return new double[] {precision / found, pairs / found / (ranked.size() - found)};
  }

  @Test
  void shouldRankTheAnomaliesOfEightTables() throws Exception {
    assumeTrue(Files.isDirectory(TABLES), "no tables at " + TABLES.normalize());
    List<Path> files;
    try (Stream<Path> all = Files.list(TABLES)) {
      files = all.filter(f -> f.toString().endsWith(".csv.gz")).sorted().toList();
    }
    double prAuc = 0;
    double rocAuc = 0;
    for (Path file : files) {
      double[] areas = areas(ranked(file));
      prAuc += areas[0] / files.size();
      rocAuc += areas[1] / files.size();
    }

    assertThat(files).isNotEmpty();
    assertThat(prAuc).isGreaterThanOrEqualTo(0.41);
    assertThat(rocAuc).isGreaterThanOrEqualTo(0.90);
  }
}
