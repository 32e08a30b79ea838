package io.kelbo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.OrderedProducer;
import io.kelbo.service.Service;
import io.kelbo.service.SettingsReader;
import io.kelbo.topology.Champion;
import io.kelbo.topology.PlantRows;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/faq.md answers to "why is nothing coming out", done to a running service. */
class WhyNothingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private EmbeddedBroker broker;
  private KafkaProducer<byte[], byte[]> producer;
  private String config;
  private int row;

  @BeforeEach
  void begin(@TempDir Path dir) throws Exception {
    broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
    producer = producer(Map.of());
    LivePlant.create(broker, 1);
    try (ServerSocket free = new ServerSocket(0)) {
      config =
          Files.writeString(
                  dir.resolve("kelbo.yaml"),
                  """
                  kafka: { bootstrap.servers: "%s" }
                  input: { topic: plant, from: earliest }
                  warmup: { records: 300, time: PT10M }
                  http: { port: %d }
                  state: { dir: "%s" }
                  """
                      .formatted(broker.bootstrap(), free.getLocalPort(), dir.resolve("state")))
              .toString();
    }
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
    Map<String, Object> properties = new HashMap<>(OrderedProducer.properties(broker.bootstrap()));
    properties.putAll(more);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void end() {
    producer.close();
    broker.close();
  }

  @Test
  void shouldSayWhyThereIsNoModelYet() throws Exception {
    try (Service service = start()) {
      says(service, "warming up 0 of 300", "Topic 'plant' is empty");
      assertThat(shell("check").out()).contains("there is no readable record to learn from");

      send(20, "{\"pressure\": ");
      says(service, "warming up 0 of 300: 20 records could not be read (not_json)", "not_json");
      assertThat(shell("check").out())
          .contains("0 of the newest 20 records can be read", "not_json");

      rows(120);
      says(
          service,
          "warming up 120 of 300: 20 records could not be read (not_json)",
          "there is no model");
    }
  }

  @Test
  void shouldSayWhyNothingOfUseComesOutThoughThereIsAModel() throws Exception {
    rows(320);
    try (Service service = start()) {
      says(service, "ready", "All records have their verdict");
      try (KafkaProducer<byte[], byte[]> open = producer(Map.of("transactional.id", "another"))) {
        open.initTransactions();
        open.beginTransaction();
        open.send(record("{}")).get();
        rows(4);
        says(
            service,
            "ready, but 5 records stand behind a transaction that its producer has not ended (docs/runbooks/hung-transaction.md)",
            "5 records stand behind a transaction that its producer has not ended");
        assertThat(shell("health", "--live").out().strip()).isEqualTo("live");
        open.abortTransaction();
      }
      says(service, "ready", "None of");
    }
    send(10, "{\"pressure\": ");
    try (Service service = start()) {
      says(service, "ready, but all 10 records are dead letters", "records cannot be read");
    }
    send(10, "{\"druck\": 4.1, \"menge\": 30.0}");
    try (Service service = start()) {
      says(service, "ready, but all 10 verdicts are 'unscorable'", "Were fields renamed?");
    }
  }

  @Test
  void shouldSayThatItWaitsForNewRecordsThoughThereAreOld() throws Exception {
    rows(40);
    change("from: earliest", "from: latest");
    try (Service service = start()) {
      says(service, "warming up 0 of 300", "It waits for new records; 'input.from: earliest'");
    }
  }

  @Test
  void shouldSayThatOnlyAnomaliesAreWrittenOrThatAllIsLate() throws Exception {
    rows(320);
    change("http:", "verdicts: none\nhttp:");
    try (Service service = start()) {
      says(service, "ready", "None of");
      send(1, PlantRows.strange(row++));
      says(service, "ready", "Only anomalies are written, since 'verdicts' is 'none'.");
    }
    long threeDaysAgo = Instant.now().minus(Duration.ofDays(3)).toEpochMilli();
    for (int i = 0; i < 10; i++) {
      byte[] value = PlantRows.row(row++).getBytes(UTF_8);
      producer
          .send(new ProducerRecord<>("plant", 0, threeDaysAgo, "pump-1".getBytes(UTF_8), value))
          .get();
    }
    try (Service service = start()) {
      says(service, "ready, but all 10 verdicts are 'late'", "or raise 'input.late'");
    }
  }

  private void change(String words, String instead) throws Exception {
    Path file = Path.of(config);
    String before = Files.readString(file);
    assertThat(before).contains(words);
    Files.writeString(file, before.replace(words, instead));
  }

  @Test
  void shouldSayThatTheModelCannotBeRead() throws Exception {
    rows(320);
    try (Service service = start()) {
      says(service, "ready", "All records have their verdict");
    }
    byte[] lost = new Champion(7, Instant.now(), "a test").write();
    producer.send(new ProducerRecord<>("kelbo.models", "default".getBytes(UTF_8), lost)).get();

    assertThat(shell("status").out())
        .contains("version 7, which cannot be read", "model version 7, which should score")
        .contains("kelbo model rollback");
    Shell check = shell("check");
    assertThat(check.code()).isZero(); // since version 1 can be read, and scores
    assertThat(check.out())
        .contains("CAUTION  model version 7, which should score, cannot be read")
        .contains("Until then the version that judged before goes on, if it is 1 (")
        .contains("kelbo model rollback");
    assertThat(Shell.run("model", "rollback", "-c", config).code()).isZero();
    assertThat(shell("status").out()).doesNotContain("cannot be read");
    assertThat(shell("check").out()).doesNotContain("cannot be read");
    producer.send(new ProducerRecord<>("kelbo.models", "press".getBytes(UTF_8), lost)).get();
    assertThat(shell("check").out())
        .contains("Until then the default segment's model judges this one, too: version 1. ");
  }

  @Test
  void shouldSayOfWhichSegmentTheModelCannotBeReadAndWhatRunWouldStopAt() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic("kelbo.models", 1, (short) 1))).all().get();
    }
    byte[] lost = new Champion(3, Instant.now(), "a test").write();
    producer.send(new ProducerRecord<>("kelbo.models", "press".getBytes(UTF_8), lost)).get();

    String said = "model version 3 of segment 'press', which should score, cannot be read";
    assertThat(shell("status").out())
        .contains("CAUTION  " + said, "rollback --segment press", "there is none yet");
    assertThat(shell("check").out()).contains("CAUTION  " + said);

    producer.send(new ProducerRecord<>("kelbo.models", "default".getBytes(UTF_8), lost)).get();
    assertThat(shell("check").out())
        .contains("PROBLEM  model version 3, which should score, cannot be read")
        .contains("`kelbo run` would stop at this.");
  }

  /** What {@code /health/ready} and {@code status} say in the end. */
  private void says(Service service, String health, String status) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(shell("health").out().strip()).isEqualTo(health);
              assertThat(shell("status").out()).contains(status);
            });
    assertThat(service.ready()).isEqualTo(health.startsWith("ready"));
  }

  private Service start() throws Exception {
    return Service.start(new SettingsReader().read(Path.of(config)));
  }

  private Shell shell(String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("-c", config));
    return Shell.run(command.toArray(String[]::new));
  }

  private void rows(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      send(1, PlantRows.row(row++));
    }
  }

  private void send(int count, String value) throws Exception {
    for (int i = 0; i < count; i++) {
      producer.send(record(value)).get();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String value) {
    return new ProducerRecord<>("plant", "pump-1".getBytes(UTF_8), value.getBytes(UTF_8));
  }
}
