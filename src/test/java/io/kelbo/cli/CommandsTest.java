package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.JavaProcess;
import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.OrderedProducer;
import io.kelbo.service.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real broker, and {@code run} as a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final EmbeddedBroker broker;

  CommandsTest(@TempDir Path folder) {
    this.folder = folder;
    this.broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
  }

  @BeforeAll
  static void speakPlainly() {
    Locale.setDefault(Locale.ROOT);
  }

  @AfterAll
  void close() {
    broker.close();
  }

  private String config(String name, String topic, String more) throws IOException {
    String yaml =
        """
        name: %s
        kafka: { bootstrap.servers: "%s" }
        input: { topic: %s, from: earliest }
        state: { dir: "%s" }
        %s
        """
            .formatted(name, broker.bootstrap(), topic, folder.resolve("state-" + name), more);
    return Files.writeString(folder.resolve(name + ".yaml"), yaml).toString();
  }

  private void topic(String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic(name, 2, (short) 1))).all().get();
    }
  }

  private void produce(String topic, int rows) throws Exception {
    Random random = new Random(5);
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double pressure = random.nextGaussian();
      String value =
          "{\"pressure\":%.4f,\"flow\":%.4f,\"mode\":\"%s\",\"serial\":%d}"
              .formatted(
                  pressure,
                  2 * pressure + 0.1 * random.nextGaussian(),
                  random.nextInt(4) == 0 ? "eco" : "full",
                  i);
      records.add(new ProducerRecord<>(topic, "pump-" + i % 3, value));
    }
    send(records);
  }

  private void send(List<ProducerRecord<String, String>> records) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            OrderedProducer.properties(broker.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      for (ProducerRecord<String, String> record : records) {
        producer.send(record);
      }
    }
  }

  @Test
  void shouldSayThatTheTopicDoesNotExistAndWhichDo() throws Exception {
    topic("boilers");
    String config = config("absent", "boiler", "");

    for (String command : List.of("check", "status", "run")) {
      Shell shell = Shell.run(command, "-c", config);

      assertThat(shell.code()).isEqualTo(2);
      assertThat(shell.err())
          .contains("input.topic is 'boiler' but there is no such topic", "'boilers'");
    }
  }

  @Test
  void shouldCheckAnEmptyTopic() throws Exception {
    topic("empty");

    Shell shell = Shell.run("check", "-c", config("nothing", "empty", ""));

    assertThat(shell.code()).isZero();
    assertThat(shell.out()).contains("there is no readable record to learn from");
    assertThat(Shell.run("status", "-c", config("nothing", "empty", "")).out())
        .contains("Start 'kelbo run', and write records to 'empty', which is empty.");
  }

  @Test
  void shouldShowWhatIsInferredInAFormThatCanBePasted() throws Exception {
    topic("pumps");
    produce("pumps", 600);
    send(
        List.of(
            new ProducerRecord<>("pumps", "pump-1", "[1,2]"),
            new ProducerRecord<>("pumps", "pump-1", "{\"pressure\":"),
            new ProducerRecord<>("pumps", "pump-1", null),
            new ProducerRecord<>("pumps", "pump-1", "{\"pressure\":\"hot\",\"flow\":1}")));
    String config =
        config("checked", "pumps", "kafka.ssl.key.password: hunter2\ntopics.create: false");

    Shell shell = Shell.run("check", "--json", "-c", config);

    assertThat(shell.code()).isEqualTo(1);
    assertThat(shell.out() + shell.err()).doesNotContain("hunter2", "\tat ");
    JsonNode facts = new ObjectMapper().readTree(shell.out());
    assertThat(facts.at("/records/readable").asInt()).isEqualTo(600);
    assertThat(facts.at("/records/tombstones").asInt()).isEqualTo(1);
    assertThat(facts.at("/records/unreadable").toString())
        .isEqualTo("{\"not_an_object\":1,\"not_json\":1,\"wrong_type\":1}");
    assertThat(facts.at("/inferred/left_out/serial").asText()).contains("rises");
    assertThat(facts.at("/dry_run/judged").asInt()).isEqualTo(120);
    assertThat(facts.at("/problems/0").asText()).contains("topics.create is 'false'");
    assertThat(facts.at("/topics/checked.models").asText()).isEqualTo("missing");

    String pasted = facts.at("/inferred/yaml").asText();
    var settings = new SettingsReader().read("kafka.bootstrap.servers: 'a:1'\n" + pasted, "pasted");
    assertThat(settings.input().entity()).isEqualTo("key");
    assertThat(settings.input().fields())
        .extracting(field -> field.name() + ":" + field.kind().word())
        .containsExactly("pressure:quantity", "flow:quantity", "mode:category");
    assertThat(Shell.run("check", "-c", config).out())
        .contains("- { name: mode, kind: category }", "serial", "PROBLEM", "(hidden)");
  }

  @Test
  void shouldRunUntilAskedToEndAndManageItsModels() throws Exception {
    topic("plant");
    produce("plant", 400);
    int port = freePort();
    String config =
        config(
            "lived",
            "plant",
            "warmup: { records: 200, time: PT1M }\nretrain.every: never\nhttp.port: " + port);

    Process run = start(config);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(run.isAlive()).as("kelbo run lives").isTrue();
              assertThat(Shell.run("status", "-c", config).out())
                  .contains("ready", "lag 0", "All records have their verdict");
            });
    assertThat(Shell.run("reset", "--yes", "-c", config).err()).contains("'lived-score' is in use");
    run.destroy(); // SIGTERM

    assertThat(run.waitFor(10, TimeUnit.SECONDS)).as("ends within 10 s").isTrue();
    assertThat(run.exitValue()).isZero();
    assertThat(Shell.run("status", "-c", config).out()).contains("no instance is scoring");
    assertThat(Shell.run("model", "list", "-c", config).out())
        .contains("1        factor_analysis", "200", "champion");
    assertThat(Shell.run("model", "show", "-c", config).out()).contains("pressure", "quantity");
    assertThat(Shell.run("model", "show", "7", "-c", config).err())
        .contains("VERSION is '7' but must be one of [1]");
    assertThat(Shell.run("model", "rollback", "-c", config).err())
        .contains("version 1 is the oldest model");
    assertThat(Shell.run("model", "promote", "1", "-c", config).out())
        .contains("Version 1 scores already");
    shouldForget(config);
  }

  private static void shouldForget(String config) {
    Shell asked = Shell.run("reset", "-c", config);
    Shell done = Shell.run("reset", "--yes", "--json", "-c", config);

    assertThat(asked.code()).isEqualTo(2);
    assertThat(asked.out())
        .contains("topic lived.models", "offsets of group lived-score", "empty 'state.dir'");
    assertThat(asked.err()).contains("nothing was deleted; add --yes");
    assertThat(done.code()).isZero();
    assertThat(done.out())
        .contains("\"done\":true", "lived.samples", "lived-score-entities-changelog")
        .doesNotContain("lived.verdicts", "\"plant\"");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Shell.run("model", "list", "-c", config).err())
                    .contains("topic 'lived.models' does not exist"));
  }

  private Process start(String config) throws IOException {
    Path log = folder.resolve("run.log");
    return JavaProcess.of(
            List.of("-Xmx512m", "-XX:+UseSerialGC"), Kelbo.class, "run", "--config", config)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
