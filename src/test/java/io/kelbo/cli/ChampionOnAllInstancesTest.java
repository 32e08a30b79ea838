package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.service.Service;
import io.kelbo.service.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollback, promotion and freezing, while two instances share the work. */
class ChampionOnAllInstancesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String MORE =
      """
      alarms: { budget: 0.001, silence: off }
      warmup: { records: 200 }
      retrain: { every: never, window: P60D }
      kafka.num.stream.threads: 1
      """;

  @Test
  void shouldGoBackAndForwardOnAllInstancesByOneRecordEach(@TempDir Path folder) throws Exception {
    Locale.setDefault(Locale.ROOT);
    try (LivePlant plant = new LivePlant(folder, 2)) {
      plant.rows(2_400);
      Path yaml = plant.config("one", MORE);
      String config = yaml.toString();
      try (Service one = Service.start(new SettingsReader().read(yaml));
          Service two = Service.start(new SettingsReader().read(plant.config("two", MORE)))) {
        await().atMost(PATIENCE).until(() -> plant.has("kelbo.verdicts", plant.sent()));
        // A challenger wins once the sample is twice what the first model learned from.
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    Shell.run("model", "train", "--wait", "-c", config)
                        .out()
                        .startsWith("promoted"));
        assertThat(Shell.run("model", "freeze", "-c", config).code()).isZero();
        await().atMost(PATIENCE).until(() -> both(plant, one, two, 2));
        int before = plant.values("kelbo.models").size();

        Shell back = Shell.run("model", "rollback", "-c", config);
        assertThat(back.out()).contains("Version 1 scores from now on; before, it was version 2");
        await().atMost(PATIENCE).until(() -> both(plant, one, two, 1));
        assertThat(plant.values("kelbo.models")).hasSize(before + 1);
        assertThat(newest(plant, 60)).containsExactly(1);

        Shell forward = Shell.run("model", "promote", "2", "--json", "-c", config);
        assertThat(forward.out()).contains("\"champion\":2", "\"before\":1", "\"changed\":true");
        await().atMost(PATIENCE).until(() -> both(plant, one, two, 2));
        assertThat(plant.values("kelbo.models")).hasSize(before + 2);
        assertThat(newest(plant, 60)).containsExactly(2);

        shouldRefuseWhatIsNotThere(config);
        assertThat(plant.json("kelbo.lifecycle"))
            .extracting(event -> event.get("event").asText())
            .contains("frozen", "rolled_back");
      }
    }
  }

  private static void shouldRefuseWhatIsNotThere(String config) {
    Shell unknown = Shell.run("model", "promote", "99", "-c", config);
    Shell word = Shell.run("model", "promote", "newest", "-c", config);
    Shell freeze = Shell.run("model", "freeze", "now", "-c", config);

    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("VERSION is '99' but must be one of [");
    assertThat(word.code()).isEqualTo(2);
    assertThat(word.err()).contains("'newest'");
    assertThat(freeze.code()).isEqualTo(2);
    assertThat(freeze.err()).contains("'now'");
  }

  /** Models change between records only: some more, and whether each instance judged by it. */
  private static boolean both(LivePlant plant, Service one, Service two, int version) {
    plant.rows(6);
    return one.meters().modelVersion() == version && two.meters().modelVersion() == version;
  }

  /** The versions that judged the next records of both partitions. */
  private static Set<Integer> newest(LivePlant plant, int rows) throws IOException {
    await().atMost(PATIENCE).until(() -> plant.verdicts().size() >= plant.sent());
    Set<String> before = new TreeSet<>();
    plant.verdicts().forEach(verdict -> before.add(verdict.get("id").asText()));
    plant.rows(rows);
    await().atMost(PATIENCE).until(() -> plant.verdicts().size() >= plant.sent());
    List<JsonNode> after =
        plant.verdicts().stream().filter(v -> !before.contains(v.get("id").asText())).toList();
    Set<Integer> versions = new TreeSet<>();
    Set<Integer> partitions = new TreeSet<>();
    for (JsonNode verdict : after) {
      versions.add(verdict.at("/model/version").asInt());
      partitions.add(verdict.at("/source/partition").asInt());
    }
    assertThat(partitions).containsExactly(0, 1);
    return versions;
  }
}
