package io.kelbo.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values made wrong in a table of a power plant. */
class DoubtedCellsTest {
  private static final Path TABLE =
      Path.of(System.getProperty("kelbo.home", "."), "..", "shared", "data", "imputation")
          .resolve("power_plant.csv.gz");

  @Test
  void shouldFindWhatIsWrongAndLeaveWhatIsRight(@TempDir Path dir) throws Exception {
    assumeTrue(Files.isRegularFile(TABLE), "the shared evaluation data is not here");
    List<String> lines = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(TABLE))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().limit(2001).forEach(lines::add);
    }
    Set<Integer> wrong = new HashSet<>();
    for (int row = 30; row < 2000; row += 80) {
      String[] cells = lines.get(row + 1).split(",");
      // Five standard deviations of the output, 17 MW.
      cells[4] = String.format(Locale.ROOT, "%.2f", Double.parseDouble(cells[4]) + 85);
      lines.set(row + 1, String.join(",", cells));
      wrong.add(row);
    }
    Path file = Files.write(dir.resolve("spoilt.csv"), lines);

    List<DoubtedCells.Cell> cells = DoubtedCells.find(file, null, 0.001, 1);

    long found =
        cells.stream().filter(c -> c.column().equals("PE") && wrong.contains(c.row())).count();
    assertThat(found).isEqualTo(wrong.size());
    assertThat(cells.size() - found).isLessThanOrEqualTo(20); // of 9,975 right ones, at 0.001
  }
}
