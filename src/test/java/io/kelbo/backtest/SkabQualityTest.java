package io.kelbo.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.record.Declared;
import io.kelbo.table.BadTable;
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

/** Mean PR-AUC over the valve and other faults of SKAB, where its files lie beside the project. */
class SkabQualityTest {
  private static final Path SKAB =
      Path.of(System.getProperty("kelbo.home", "."), "..", "shared", "data", "skab");

  @TempDir private Path folder;

  private record Scored(double score, boolean strange) {}

  private List<Scored> scored(Path file) throws BadTable, IOException {
    Path out = folder.resolve("scores.csv");
    Backtest.run(
        new BacktestOptions(
            List.of(file),
            null,
            400,
            new Retraining.Never(),
            new Declared(List.of(), Set.of(), null, "timestamp"),
            "anomaly",
            false,
            out,
            AlarmBudget.of("0.001"),
            1),
        rows -> {});
    List<Scored> scored = new ArrayList<>();
    List<String> lines = Files.readAllLines(out);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      scored.add(new Scored(Double.parseDouble(cells[1]), cells[8].equals("1")));
    }
    return scored;
  }

  /** Average precision: the sum over true ones of the precision at their rank. */
  private static double averagePrecision(List<Scored> scored) {
    List<Scored> ranked = new ArrayList<>(scored);
    // Among equal scores the normal ones first: ties must not help.
    ranked.sort(
        Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::strange));
    double sum = 0;
    int found = 0;
    for (int i = 0; i < ranked.size(); i++) {
      if (ranked.get(i).strange()) {
        found++;
        sum += (double) found / (i + 1);
      }
    }
    return sum / found;
  }

  @Test
  void shouldRankTheFaultsOfSkab() throws Exception {
    assumeTrue(Files.isDirectory(SKAB), "no SKAB files at " + SKAB.normalize());
    List<Path> files;
    try (Stream<Path> all = Files.list(SKAB)) {
      files =
          all.filter(f -> f.getFileName().toString().matches("(valve|other).*")).sorted().toList();
    }
    double mean = 0;
    for (Path file : files) {
      mean += averagePrecision(scored(file)) / files.size();
    }

    assertThat(files).isNotEmpty();
    assertThat(mean).isGreaterThanOrEqualTo(0.80);
  }
}
