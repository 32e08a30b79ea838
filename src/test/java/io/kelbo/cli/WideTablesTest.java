package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of very many columns: what is learned of them, and what is said where that is less. */
class WideTablesTest {
  private final Path folder;

  WideTablesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Columns of a common cause and noise; one cell in fifty is empty. */
  private Path numbers(int rows, int columns, boolean holes) throws IOException {
    Random random = new Random(7);
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add(header(columns));
    for (int r = 0; r < rows; r++) {
      double cause = random.nextGaussian();
      StringJoiner cells = new StringJoiner(",");
      for (int c = 0; c < columns; c++) {
        double value = (c % 3 - 1) * cause + random.nextGaussian();
        cells.add(holes && random.nextInt(50) == 0 ? "" : "%.3f".formatted(value));
      }
      lines.add(cells.toString());
    }
    return Files.writeString(folder.resolve("wide.csv"), lines.toString());
  }

  private Path texts(int rows, int columns) throws IOException {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add(header(columns));
    for (int r = 0; r < rows; r++) {
      StringJoiner cells = new StringJoiner(",");
      for (int c = 0; c < columns; c++) {
        cells.add(r == 3 && c == 3 ? "" : "word" + (r + c) % 8);
      }
      lines.add(cells.toString());
    }
    return Files.writeString(folder.resolve("texts.csv"), lines.toString());
  }

  private static String header(int columns) {
    StringJoiner header = new StringJoiner(",");
    for (int c = 0; c < columns; c++) {
      header.add("c" + c);
    }
    return header.toString();
  }

  @Test
  void shouldScoreTwoThousandColumnsAndSayWhatCannotBeSeenInThem() throws IOException {
    String table = numbers(55, 2000, false).toString();

    Shell shell = Shell.run("backtest", table, "--train-rows", "50");

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .contains("55 rows, 5 scored", "Beware: records are scored without those before them")
        .contains("1 to 133 fields");
  }

  @Test
  void shouldSayInTheReportThatRecordsAreScoredOneByOne() throws IOException {
    String table = numbers(55, 3, false).toString();
    Path report = folder.resolve("report.html");

    Shell shell = Shell.run("backtest", table, "--train-rows", "50", "--report", "" + report);

    assertThat(shell.err()).isEmpty();
    assertThat(Files.readString(report)).contains("context over time", "without those before");
  }

  @Test
  void shouldFillTwoThousandColumns() throws IOException {
    Path table = numbers(4, 2000, true); // the width is what is tried here
    Path out = folder.resolve("out.csv");

    Shell shell = Shell.run("impute", table.toString(), "--out", out.toString());

    assertThat(shell.err()).isEmpty();
    assertThat(shell.code()).isZero();
    assertThat(Files.readString(out)).doesNotContain(",,").doesNotContain(",\n");
    assertThat(Files.readString(table)).contains(",,");
  }

  @Test
  void shouldSayThatTwoThousandColumnsOfTextAreTooMany() throws IOException {
    String file = texts(60, 2000).toString();

    Shell scored = Shell.run("backtest", file, "--train-rows", "50");
    Shell filled = Shell.run("impute", file);

    assertThat(scored.code()).isEqualTo(2);
    assertThat(scored.err())
        .contains("texts.csv", "inputs", "2000 of the 2000 columns are categories", "'c0'");
    assertThat(filled.code()).isEqualTo(2);
    assertThat(filled.err()).contains("texts.csv: its 2000 columns make 16000 numbers", "10000");
  }
}
