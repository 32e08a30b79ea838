package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code backtest} says of its score's ranking, where a file has labels. */
class BacktestRankingTest {
  private final Path folder;

  BacktestRankingTest(@TempDir Path folder) {
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
      csv.append(pressure).append(',').append(flow).append(i == 250 ? ",1\n" : ",0\n");
    }
    return file("history.csv", csv.toString());
  }

  @Test
  void shouldSayHowWellTheScoreRanksOrWhyThatIsNotKnown() throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path normal = file("normal.csv", Files.readString(history()).replaceAll("(?m),1$", ",0"));
    String[] options = {"--train-rows", "200", "--label", "label"};

    Shell ranked = Shell.run(command(history(), options));
    Shell unranked = Shell.run(command(normal, options));
    Shell facts = Shell.run(command(normal, "--train-rows", "200", "--label", "label", "--json"));

    assertThat(ranked.out())
        .contains("1 of 1 labelled events have an anomaly in them.")
        .containsPattern("ranking: PR-AUC 1.000, ROC-AUC 1.000, VUS-PR [01]\\.\\d+, VUS-ROC [01]");
    assertThat(unranked.out())
        .contains("No ranking: all 100 scored rows are labelled 0: a ranking needs both labels.")
        .doesNotContain("PR-AUC", "NaN");
    JsonNode json = new ObjectMapper().readTree(facts.out());
    assertThat(json.get("unranked").asText()).startsWith("all 100 scored rows are labelled 0");
    assertThat(json.has("vus_pr")).isFalse();
  }

  @Test
  void shouldRefuseALabelThatIsNeitherZeroNorOne() throws IOException {
    for (String label : List.of("NaN", "", "2")) {
      String rows = "1.5,0\n2.5,%s\n".formatted(label);
      Shell shell = Shell.run(command(file("odd.csv", "x,label\n" + rows), "--label", "label"));

      assertThat(shell.code()).isEqualTo(2);
      assertThat(shell.err()).contains("line 3", "'label' is '%s'".formatted(label), "0 or 1");
    }
  }

  private static String[] command(Path file, String... options) {
    List<String> command = new ArrayList<>(List.of("backtest", file.toString()));
    command.addAll(List.of(options));
    return command.toArray(String[]::new);
  }
}
