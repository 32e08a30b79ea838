package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.latent.Generation;
import io.kelbo.latent.LatentSpace;
import io.kelbo.model.Model;
import io.kelbo.record.Observation;
import io.kelbo.service.Service;
import io.kelbo.service.SettingsReader;
import io.kelbo.topology.FirstModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code generate} from a model, be it a file or what scores now. */
class GenerateFromModelTest {
  @TempDir private Path folder;

  @Test
  void shouldGenerateFromTheChampionAndFromAnExportedModel() throws Exception {
    try (LivePlant plant = new LivePlant(folder, 1)) {
      Path config = plant.config("one", "retrain.every: never");
      plant.rows(600);
      try (Service service = Service.start(new SettingsReader().read(config))) {
        await().atMost(Duration.ofSeconds(90)).until(service::ready);
      }
      String bootstrap = new SettingsReader().read(config).kafka().get("bootstrap.servers");
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
        admin.createTopics(List.of(new NewTopic("made", 1, (short) 1))).all().get();
      }
      Path live = folder.resolve("live.csv");
      Path exported = folder.resolve("exported.csv");
      Path snapshot = folder.resolve("one.kelbo");

      Shell first = generate("-c", config, "--out", live);
      Shell export =
          Shell.run("model", "export", "1", "--out", snapshot.toString(), "-c", config.toString());
      Shell second = generate("--model", snapshot, "--out", exported);
      Shell sent = generate("-c", config, "--topic", "made", "--given", "mode=day");
      Shell watched = generate("-c", config, "--topic", "plant");
      Shell absent = generate("-c", config, "--topic", "nowhere");
      Shell nobody = generate("-c", config, "--segment", "nobody");

      assertThat(first.err() + second.err() + sent.err()).isEmpty();
      assertThat(live).hasSameTextualContentAs(exported);
      List<String> lines = Files.readAllLines(live);
      assertThat(lines).hasSize(301);
      int pressure = List.of(lines.get(0).split(",")).indexOf("pressure");
      double mean =
          lines.stream()
              .skip(1)
              .mapToDouble(line -> Double.parseDouble(line.split(",")[pressure]))
              .average()
              .orElseThrow();
      assertThat(mean).isBetween(3.0, 5.0);
      List<JsonNode> made = plant.json("made");
      assertThat(made).hasSize(300).allMatch(record -> record.get("mode").asText().equals("day"));
      assertThat(made.get(0).get("motor.flow").isNumber()).isTrue();
      assertThat(sent.out()).contains("300 records are on 'made'.");
      assertThat(watched.err()).contains("--topic is 'plant' but Kelbo watches it");
      assertThat(absent.err()).contains("--topic is 'nowhere' but there is no such topic");
      assertThat(nobody.err()).contains("there is no champion of 'nobody' yet");
      assertThat(List.of(watched.code(), absent.code(), nobody.code())).containsExactly(2, 2, 1);
    }
  }

  @Test
  void shouldGenerateAndTakeWhatRunningTotalsGrowBy() throws Exception {
    Path snapshot = Path.of("src/test/resources/golden/snapshot-9.bin");
    Path free = folder.resolve("free.csv");
    Path given = folder.resolve("given.csv");

    Shell first = generate("--model", snapshot, "--out", free);
    Shell second = generate("--model", snapshot, "--given", "energy=0.7", "--out", given);

    assertThat(first.err() + second.err()).isEmpty();
    assertThat(Files.readAllLines(free).get(0)).isEqualTo("power,energy");
    double mean =
        Files.readAllLines(free).stream()
            .skip(1)
            .mapToDouble(line -> Double.parseDouble(line.split(",")[1]))
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(0.4, 0.6); // a twentieth of the power, not where it stands
    assertThat(Files.readAllLines(given).stream().skip(1)).allMatch(line -> line.endsWith(",0.7"));
  }

  private static Shell generate(Object... more) {
    List<String> words = new java.util.ArrayList<>(List.of("generate", "--count", "300"));
    Arrays.stream(more).map(Object::toString).forEach(words::add);
    return Shell.run(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--format csv|one of --train FILE, --model SNAPSHOT and --config FILE must say",
        "--train a.csv --model b|one of --train FILE, --model SNAPSHOT and --config FILE must say",
        "--model b --topic made|--topic is 'made' but nothing says which cluster",
        "--config c.yaml --topic made --out x.csv|records go to one place",
        "--model absent.kelbo|--model is 'absent.kelbo' but that file cannot be read",
        "--config absent.yaml|'absent.yaml'",
      })
  void shouldSayWhatIsWanted(String words, String sentence) {
    Shell shell = generate((Object[]) words.split(" ", -1));

    assertThat(shell.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(shell.code()).isEqualTo(2);
  }

  @Test
  void shouldMakeEachRecordWhenItIsAskedFor() {
    Model model = FirstModels.model(1);
    LatentSpace space = new LatentSpace(model.encoder(), model.network(), List.of());
    double[] unknown = new double[space.fields().size()];
    Arrays.fill(unknown, Double.NaN);
    Observation nothing =
        new Observation(space.fields(), unknown, new String[space.fields().size()]);

    Iterator<Observation> records = new Generation(space, 1).records(1_000_000_000L, nothing);

    assertThat(records.next().present()).isEqualTo(space.fields().size());
  }
}
