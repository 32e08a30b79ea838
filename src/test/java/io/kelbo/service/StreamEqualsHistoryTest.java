package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.backtest.Backtest;
import io.kelbo.backtest.BacktestOptions;
import io.kelbo.backtest.Retraining;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.format.FormatSettings;
import io.kelbo.record.Declared;
import io.kelbo.topology.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service says of a stream is what a backtest says of the same rows, figure by figure. */
class StreamEqualsHistoryTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final int ROWS = 900;
  private static final int LEARNED = 400;
  private static final long START = 1_760_000_000_000L;

  private final Path dir;

  StreamEqualsHistoryTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void shouldGiveTheFiguresOfTheBacktestWhenTheSameRowsAreStreamed() throws Exception {
    List<String> history = history();

    List<String> streamed = stream();

    assertThat(history).hasSize(ROWS - LEARNED);
    assertThat(history.stream().filter(figures -> figures.startsWith("anomaly"))).isNotEmpty();
    assertThat(streamed).isEqualTo(history);
  }

  /** verdict, p-value, surprisal, reconstruction and latent of each scored row. */
  private List<String> history() throws Exception {
    StringBuilder csv = new StringBuilder("ts,load,flow,level,energy\n");
    for (int row = 0; row < ROWS; row++) {
      double[] v = values(row);
      csv.append(START + 1000L * row);
      for (double value : v) {
        csv.append(',').append(Double.isNaN(value) ? "" : Double.toString(value));
      }
      csv.append('\n');
    }
    Path file = Files.writeString(dir.resolve("rows.csv"), csv);
    Path scores = dir.resolve("scores.csv");
    Backtest.run(
        new BacktestOptions(
            List.of(file),
            null,
            LEARNED,
            new Retraining.Never(),
            new Declared(List.of(), Set.of(), null, "ts"),
            null,
            false,
            scores,
            AlarmBudget.of("0.001"),
            1),
        rows -> {});
    List<String> figures = new ArrayList<>();
    for (String line : Files.readAllLines(scores).subList(1, ROWS - LEARNED + 1)) {
      String[] cells = line.split(",", -1);
      figures.add(String.join(" ", cells[4], cells[3], cells[1], cells[6], cells[7]));
    }
    return figures;
  }

  private List<String> stream() throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      for (int row = 0; row < ROWS; row++) {
        double[] v = values(row);
        String json =
            "{\"ts\": %d, \"load\": %s, \"flow\": %s, \"level\": %s, \"energy\": %s}"
                .formatted(START + 1000L * row, text(v[0]), text(v[1]), text(v[2]), text(v[3]));
        cluster.send("plant", json, System.currentTimeMillis());
      }
      cluster.flush();
      try (Service service = Service.start(settings(cluster))) {
        await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> cluster.committed(TOPICS.verdicts()).size() >= ROWS);
        await().atMost(Duration.ofSeconds(90)).until(service::ready);
      }
      return Audit.of(cluster, TOPICS).verdicts().stream()
          .filter(verdict -> verdict.has("p_value"))
          .map(StreamEqualsHistoryTest::figures)
          .toList();
    }
  }

  private Settings settings(Cluster cluster) {
    Settings of = TestSettings.of(cluster.bootstrap(), dir.resolve("state"), null, null);
    Settings.Input in = of.input();
    return new Settings(
        of.name(),
        of.kafka(),
        of.roles(),
        new Settings.Input(
            in.topic(),
            in.from(),
            null,
            "ts",
            in.fields(),
            Set.of("ts"),
            in.late(),
            in.maxBytes(),
            null,
            in.repair()),
        new Settings.WarmUp(LEARNED, Duration.ofMinutes(1), 0),
        of.budget(),
        of.allVerdicts(),
        of.watch(),
        of.retrain(),
        of.guarantee(),
        of.http(),
        of.stateDir(),
        of.createTopics(),
        of.instance(),
        of.seed(),
        Settings.Life.usual(),
        FormatSettings.NOTHING);
  }

  private static String figures(JsonNode verdict) {
    return String.join(
        " ",
        verdict.get("verdict").asText(),
        Double.toString(verdict.get("p_value").asDouble()),
        Double.toString(verdict.get("surprisal").asDouble()),
        Double.toString(verdict.get("reconstruction").asDouble()),
        Double.toString(verdict.get("latent").asDouble()));
  }

  /** Three quantities that move together and a total; holes, and a few rows that do not fit. */
  private static double[] values(int row) {
    Random random = new Random(31L * row + 5);
    double load = Math.sin(row / 40.0) + 0.2 * random.nextGaussian();
    double flow = 3 * load + 0.1 * random.nextGaussian() + (row > 600 && row % 90 < 2 ? 6 : 0);
    double level = random.nextInt(30) == 0 ? Double.NaN : 20 - load + 0.1 * random.nextGaussian();
    double energy = 4 * row + 20 * Math.sin(row / 8.0) + random.nextDouble(); // only grows
    return new double[] {load, flow, level, row < 700 ? energy : energy + 40};
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%s", value);
  }
}
