package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.service.Service;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code feedback} and {@code rules} as commands, against a running service on a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedbackCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  // Of six pumps that take turns: enough to close an episode, which takes 16 usual records.
  private static final int QUIET = 6 * 20;

  private final LivePlant plant;
  private final String config;
  private final Service service;
  private long words; // heard by both applications

  FeedbackCommandsTest(@TempDir Path folder) throws Exception {
    Locale.setDefault(Locale.ROOT);
    plant = new LivePlant(folder, 1);
    Path yaml =
        plant.config(
            "one",
            """
            alarms: { budget: 0.001, silence: off }
            warmup: { records: 400 }
            retrain: { every: never }
            """);
    config = yaml.toString();
    Settings settings = new SettingsReader().read(yaml);
    assertThat(Shell.run("rules", "list", "-c", config).err())
        .contains("topic 'kelbo.rules' does not exist", "Start 'kelbo run'");
    assertThat(Shell.run("feedback", "plant/0/1", "confirmed", "-c", config).err())
        .contains("topic 'kelbo.feedback' does not exist");
    plant.rows(1_000);
    service = Service.start(settings);
  }

  @BeforeAll
  void answer() {
    answered();
  }

  @AfterAll
  void close() {
    service.close();
    plant.close();
  }

  @Test
  void shouldLetPassWhatIsCalledAFalseAlarmUntilItIsConfirmed() throws Exception {
    String alarm = alarm("pump-0");

    Shell said = Shell.run("feedback", alarm, "false-alarm", "--note", "a test", "-c", config);
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains(alarm + ": false alarm of 'pump-0', from its next record on");
    heard(1);
    plant.strange("pump-0");
    answered();
    assertThat(plant.last("pump-0").path("verdict").asText()).isEqualTo("suppressed");
    assertThat(plant.last("pump-0").path("reason").asText())
        .isEqualTo("feedback on '" + alarm + "': false alarm");

    plant.rows(QUIET);
    assertThat(Shell.run("feedback", alarm, "confirmed", "--json", "-c", config).out())
        .contains("\"feedback\":\"confirmed\"");
    heard(1);
    plant.strange("pump-0");
    answered();
    assertThat(plant.last("pump-0").path("verdict").asText()).isEqualTo("anomaly");
    plant.rows(QUIET);
  }

  @Test
  void shouldTakeAnAcceptedLevelAsUsual() throws Exception {
    String alarm = alarm("pump-1");
    for (int i = 0; i < 20; i++) {
      plant.strange("pump-1");
    }
    answered();
    assertThat(plant.last("pump-1").path("verdict").asText()).isEqualTo("anomaly");

    Shell said = Shell.run("feedback", alarm, "ACCEPT-NORMAL", "--by", "ann", "-c", config);
    assertThat(said.code()).isZero();
    heard(1);
    for (int i = 0; i < 30; i++) {
      plant.strange("pump-1");
    }

    answered();
    assertThat(plant.last("pump-1").path("verdict").asText()).isEqualTo("normal");
  }

  @Test
  void shouldRefuseAWordOrAnAnomalyThatIsNotKnown() {
    Shell word = Shell.run("feedback", "plant/0/1", "maybe", "-c", config);
    Shell anomaly = Shell.run("feedback", "plant/0/1", "confirmed", "-c", config);

    assertThat(word.code()).isEqualTo(2);
    assertThat(word.err())
        .contains("WORD is 'maybe' but must be false-alarm, confirmed or accept-normal");
    assertThat(anomaly.code()).isEqualTo(1);
    assertThat(anomaly.err()).contains("ANOMALY_ID is 'plant/0/1' but there is no such anomaly");
  }

  @Test
  void shouldKeepQuietUnderARuleUntilItIsDeleted() throws Exception {
    assertThat(Shell.run("rules", "list", "-c", config).out()).contains("There are no rules");
    Path file =
        plant.file(
            "rules.json",
            """
            [{"id": "seals", "kind": "maintenance", "entity": "pump-2", "reason": "seals are changed"},
             {"id": "burst", "kind": "range", "field": "pressure", "high": 1000, "reason": "it bursts"}]
            """);

    Shell put = Shell.run("rules", "put", file.toString(), "-c", config);
    assertThat(put.code()).isZero();
    assertThat(put.out()).contains("In use: burst, seals");
    assertThat(Shell.run("rules", "list", "--json", "-c", config).out())
        .contains("\"burst\"", "\"seals\"", "maintenance");
    inUse(2);
    plant.strange("pump-2");
    answered();
    assertThat(plant.last("pump-2").path("verdict").asText()).isEqualTo("suppressed");
    assertThat(plant.last("pump-2").path("reason").asText()).contains("'seals'");

    Shell deleted = Shell.run("rules", "delete", "seals", "-c", config);
    assertThat(deleted.out()).contains("Rule 'seals' has ended");
    inUse(1);
    plant.rows(QUIET);
    plant.strange("pump-2");
    answered();
    assertThat(plant.last("pump-2").path("verdict").asText()).isEqualTo("anomaly");
    Shell.run("rules", "delete", "burst", "-c", config);
    plant.rows(QUIET);
  }

  @Test
  void shouldPutNoneOfAFileWithABadRule() throws Exception {
    Path bad =
        plant.file(
            "bad.json",
            """
            [{"id": "fine", "kind": "maintenance", "reason": "fine"},
             {"id": "odd", "kind": "sometimes", "reason": "odd"},
             {"kind": "maintenance", "colour": "red", "reason": "nameless"}]
            """);
    Path text = plant.file("text.json", "pump-2 is being serviced");

    Shell refused = Shell.run("rules", "put", bad.toString(), "-c", config);
    Shell noJson = Shell.run("rules", "put", text.toString(), "-c", config);
    Shell noFile = Shell.run("rules", "put", "nowhere.json", "-c", config);
    Shell unknown = Shell.run("rules", "delete", "nothing", "-c", config);

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "nothing was put",
            "rule 2: 'kind' is 'sometimes' but must be one of",
            "rule 3: 'colour' is not known",
            "rule 3: 'id' is missing");
    assertThat(Shell.run("rules", "list", "-c", config).out()).doesNotContain("fine");
    assertThat(noJson.code()).isEqualTo(2);
    assertThat(noJson.err()).contains("is not JSON");
    assertThat(noFile.code()).isEqualTo(2);
    assertThat(noFile.err()).contains("FILE is 'nowhere.json' but it cannot be read");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("ID is 'nothing' but must be one of");
  }

  /** Sends a strange row of a pump; returns the id of the alarm. */
  private String alarm(String pump) throws IOException {
    plant.strange(pump);
    answered();
    JsonNode verdict = plant.last(pump);
    assertThat(verdict.path("verdict").asText()).isEqualTo("anomaly");
    List<JsonNode> anomalies = plant.json("kelbo.anomalies");
    assertThat(anomalies)
        .extracting(a -> a.path("id").asText())
        .contains(verdict.get("id").asText());
    plant.rows(QUIET);
    answered();
    return verdict.get("id").asText();
  }

  private void answered() {
    await().atMost(PATIENCE).until(() -> plant.has("kelbo.verdicts", plant.sent()));
  }

  /** Waits until scoring and training have heard so many more words. */
  private void heard(int more) {
    long before = words;
    await()
        .atMost(PATIENCE)
        .until(() -> service.meters().total("kelbo.feedback") >= before + 2L * more);
    words = before + 2L * more;
  }

  private void inUse(int rules) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              plant.rows(1); // rules change between records only
              return metrics().matches("(?s).*\nkelbo_rules[^\n]* " + rules + "\\.0\n.*");
            });
  }

  private String metrics() throws IOException, InterruptedException {
    HttpRequest page =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/metrics"))
            .build();
    return HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.ofString()).body();
  }
}
