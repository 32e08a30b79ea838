package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.kernel.Kernels;
import io.kelbo.model.Snapshots;
import io.kelbo.topology.FirstModels;
import io.kelbo.topology.PlantRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  void shouldScoreEveryRowWithAnExportedModel() throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path snapshot = Files.write(folder.resolve("one.kelbo"), Snapshots.write(FirstModels.model(1)));
    StringBuilder csv = new StringBuilder("id,pressure,motor.flow,motor.temperature,mode,valve\n");
    for (int row = 0; row < 100; row++) {
      JsonNode json =
          new ObjectMapper().readTree(row == 60 ? PlantRows.strange(row) : PlantRows.row(row));
      csv.append("r").append(row);
      for (String path :
          List.of("/pressure", "/motor/flow", "/motor/temperature", "/mode", "/valve")) {
        csv.append(',').append(json.at(path).isNull() ? "" : json.at(path).asText());
      }
      csv.append('\n');
    }
    String file = file("plant.csv", csv.toString()).toString();

    Shell shell = Shell.run("backtest", file, "--model", snapshot.toString(), "--json");

    assertThat(shell.err()).isEmpty();
    JsonNode facts = new ObjectMapper().readTree(shell.out());
    assertThat(facts.get("scored").asInt()).isEqualTo(100);
    assertThat(facts.get("episodes").asInt()).isBetween(1, 3);
    assertThat(facts.get("threshold_p").asDouble()).isEqualTo(FirstModels.model(1).thresholdP());
    assertThat(facts.at("/left_out/id").asText()).contains("does not know it");
  }

  @Test
  void shouldRefuseAModelThatIsNoneOrKnowsOtherFieldsOrAsksForWhatItBrings() throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path snapshot = Files.write(folder.resolve("one.kelbo"), Snapshots.write(FirstModels.model(1)));
    String file = file("other.csv", "height,width\n1,2\n2,3\n").toString();
    Path text = file("text.kelbo", "a model");

    Shell none = Shell.run("backtest", file, "--model", folder.resolve("no.kelbo").toString());
    Shell broken = Shell.run("backtest", file, "--model", text.toString());
    Shell other = Shell.run("backtest", file, "--model", snapshot.toString());
    Shell both = Shell.run("backtest", file, "--model", snapshot.toString(), "--budget", "0.01");
    Shell again = Shell.run("backtest", file, "--model", snapshot.toString(), "--retrain", "50");

    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("no.kelbo' but that file cannot be read");
    assertThat(broken.code()).isEqualTo(2);
    assertThat(broken.err()).contains("holds no model that can be read", "'kelbo model export'");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains("has none of the fields that the model knows, [pressure", "[height, width]");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("--model is given beside", "Take them out");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("--model is given beside", "--retrain");
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
    assertThat(facts.get("pr_auc").asDouble()).isEqualTo(1);
    assertThat(facts.get("vus_pr").asDouble()).isBetween(0.4, 1.0);
    assertThat(facts.get("vus_roc").asDouble()).isBetween(0.4, 1.0);
    assertThat(facts.has("unranked")).isFalse();
    assertThat(facts.get("kernels").asText()).isEqualTo(Kernels.reason());
    assertThat(facts.get("windows_over_time").asBoolean()).isTrue();
    assertThat(Files.readAllLines(scores)).hasSize(101);
  }

  private double threshold(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("backtest", history().toString()));
    command.addAll(List.of("--train-rows", "200", "--label", "label", "--json"));
    command.addAll(List.of(options));
    Shell shell = Shell.run(command.toArray(String[]::new));
    assertThat(shell.err()).isEmpty();
    return new ObjectMapper().readTree(shell.out()).get("threshold_p").asDouble();
  }

  @Test
  void shouldTakeAShareOfTheRowsAsBudgetWhereRowsHaveNoOrder() throws IOException {
    String connection = "kafka: { bootstrap.servers: 'localhost:9092' }\ninput: { topic: plant }\n";
    String silent = file("silent.yaml", connection).toString();
    String daily = file("daily.yaml", connection + "alarms: { budget: 3 per day }").toString();
    String share = file("share.yaml", connection + "alarms: { budget: 0.05 }").toString();

    double usual = threshold("--tabular");

    assertThat(threshold("--tabular", "--config", silent)).isEqualTo(usual);
    assertThat(threshold("--tabular", "--config", daily)).isEqualTo(usual);
    assertThat(threshold("--tabular", "--config", share))
        .isEqualTo(threshold("--tabular", "--budget", "0.05"))
        .isGreaterThan(usual);
    assertThat(threshold("--config", daily)).isEqualTo(threshold("--budget", "3 per day"));
  }

  @Test
  void shouldRefuseToLearnFromMoreRowsThanThereAreOrFromAll() throws IOException {
    String history = history().toString();
    Path scores = folder.resolve("scores.csv");
    String[] beside = {"backtest", history, "--train", history, "--train-rows", "301"};
    String[] all = {"backtest", history, "--train-rows", "300", "--scores", scores.toString()};

    assertThat(Shell.run(beside).code()).isEqualTo(2);
    assertThat(Shell.run(beside).err()).contains("--train-rows is 301 but there are only 300 rows");
    assertThat(Shell.run(all).code()).isEqualTo(2);
    assertThat(Shell.run(all).err()).contains("history.csv", "all of its 300 rows", "--train");
    assertThat(Shell.run("backtest", history).err()).contains("all of its 300 rows");
    assertThat(scores).doesNotExist();
  }

  @Test
  void shouldWriteAReportOrNothing() throws IOException {
    Path report = folder.resolve("report.html");
    String history = history().toString();

    Shell shell =
        Shell.run("backtest", history, "--train-rows", "200", "--report", report.toString());
    Shell nowhere =
        Shell.run(
            "backtest",
            history,
            "--train-rows",
            "200",
            "--report",
            folder + "/no/such/report.html");
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
            Shell.run(
                    "backtest",
                    history().toString(),
                    "--train-rows",
                    "200",
                    "--scores",
                    folder + "/no/such/out.csv")
                .err())
        .contains("--scores is '", "cannot be written");
    assertThat(Shell.run("backtest", folder.toString()).err()).contains("is a folder");
  }
}
