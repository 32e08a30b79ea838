package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {
  private final Path folder;

  BacktestCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Path history() throws IOException {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("pressure,flow,label\n");
    for (int i = 0; i < 300; i++) {
      double pressure = random.nextGaussian();
      double flow = i == 250 ? 9 : 2 * pressure + 0.1 * random.nextGaussian();
      csv.append("%.4f,%.4f,%d%n".formatted(pressure, flow, i == 250 ? 1 : 0).replace("\r", ""));
    }
    return file("history.csv", csv.toString());
  }

  @Test
  void shouldScoreAFileAndSayWhatItFound() throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path scores = folder.resolve("scores.csv");
    String[] command = {
      "backtest",
      history().toString(),
      "--train-rows",
      "200",
      "--label",
      "label",
      "--scores",
      scores.toString(),
      "--json"
    };

    Shell shell = Shell.run(command);

    assertThat(shell.err()).isEmpty();
    assertThat(shell.code()).isZero();
    JsonNode facts = new ObjectMapper().readTree(shell.out());
    assertThat(facts.get("rows").asInt()).isEqualTo(300);
    assertThat(facts.get("scored").asInt()).isEqualTo(100);
    assertThat(facts.get("true_positives").asInt()).isEqualTo(1);
    assertThat(Files.readAllLines(scores)).hasSize(101);
  }

  @Test
  void shouldWriteAReportOrNothing() throws IOException {
    Path report = folder.resolve("report.html");
    String history = history().toString();

    Shell shell =
        Shell.run("backtest", history, "--train-rows", "200", "--report", report.toString());
    Shell nowhere = Shell.run("backtest", history, "--report", folder + "/no/such/report.html");
    Shell over = Shell.run("backtest", history, "--report", history);

    assertThat(shell.out()).contains("The report is in " + report);
    assertThat(Files.readString(report)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.err()).contains("--report is '", "cannot be written");
    assertThat(over.code()).isEqualTo(2);
    assertThat(over.err()).contains("is used already");
    try (var left = Files.list(folder)) {
      assertThat(left.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("history.csv", "report.html");
    }
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws IOException {
    Path empty = file("empty.csv", "");
    Path labelled = file("labelled.csv", "x,label\n1.5,maybe\n");

    assertThat(Shell.run("backtest", empty.toString()).code()).isEqualTo(2);
    assertThat(Shell.run("backtest", empty.toString()).err()).contains("empty.csv");
    assertThat(Shell.run("backtest", labelled.toString(), "--label", "label").err())
        .contains("labelled.csv", "'maybe'")
        .doesNotContain("\tat ");
    assertThat(Shell.run("backtest", history().toString(), "--label", "nope").err())
        .contains("'nope'");
    assertThat(
            Shell.run("backtest", history().toString(), "--scores", folder + "/no/such/out.csv")
                .err())
        .contains("--scores is '", "cannot be written");
    assertThat(Shell.run("backtest", folder.toString()).err()).contains("is a folder");
  }
}
