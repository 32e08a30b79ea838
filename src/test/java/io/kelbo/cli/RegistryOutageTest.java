package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.format.AvroWritten;
import io.kelbo.format.FormatSettings;
import io.kelbo.format.Framing;
import io.kelbo.format.HttpRegistry;
import io.kelbo.format.RegistrySettings;
import io.kelbo.service.Service;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsReader;
import io.kelbo.topology.AvroRows;
import io.kelbo.topology.PlantRows;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that is away is waited for, and whoever asks is told so. */
class RegistryOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String AWAY = "the schema registry does not answer (http://127.0.0.1:";

  private EmbeddedBroker broker;
  private HttpRegistry registry;
  private String config;

  @BeforeEach
  void begin(@TempDir Path dir) throws Exception {
    broker =
        EmbeddedBroker.start(
            dir.resolve("broker"), 0, Map.of("group.min.session.timeout.ms", "1000"));
    registry = new HttpRegistry();
    LivePlant.create(broker, 1);
    try (ServerSocket free = new ServerSocket(0)) {
      config =
          Files.writeString(
                  dir.resolve("kelbo.yaml"),
                  """
                  kafka: { bootstrap.servers: "%s" }
                  input: { topic: plant, from: earliest, late: P1D }
                  registry.urls: [ "%s" ]
                  output.format: avro
                  warmup.records: 300
                  retrain.every: never
                  http.port: %d
                  state.dir: '%s'
                  """
                      .formatted(
                          broker.bootstrap(),
                          registry.url(),
                          free.getLocalPort(),
                          dir.resolve("state")))
              .toString();
    }
  }

  @AfterEach
  void end() {
    registry.close();
    broker.close();
  }

  @Test
  void shouldWaitAndSayWhyFromTheStartOn() throws Exception {
    Schema grown = AvroRows.schema("{\"name\": \"v\", \"type\": \"int\", \"default\": 0},");
    produce(AvroRows.PLAIN, registry.add("plant-value", AvroRows.PLAIN.toString()), 0, 320);
    registry.away.set(Integer.MAX_VALUE);

    try (Service service = Service.start(new SettingsReader().read(Path.of(config)))) {
      says("starting: " + AWAY);
      registry.away.set(0);
      says("ready");
      await()
          .atMost(PATIENCE)
          .until(() -> shell("status").out().contains("All records have their verdict"));

      registry.away.set(Integer.MAX_VALUE);
      produce(grown, registry.add("plant-value", grown.toString()), 320, 330);
      says("ready, but " + AWAY);
      Shell status = shell("status");
      Shell check = shell("check");
      assertThat(status.code()).isZero();
      assertThat(status.out()).contains("Nothing more comes out: " + AWAY, "10, by partition");
      assertThat(check.code()).isZero();
      assertThat(check.out()).contains("did not answer '/schemas/ids/", "within PT10S");
      assertThat(service.ready()).isTrue();

      registry.away.set(0);
      says("ready");
      await()
          .atMost(PATIENCE)
          .until(() -> LivePlant.committed(broker.bootstrap(), "kelbo.verdicts").size() >= 330);
    }
    assertThat(LivePlant.committed(broker.bootstrap(), "kelbo.verdicts")).hasSize(330);
    assertThat(LivePlant.committed(broker.bootstrap(), "kelbo.dead-letters")).isEmpty();
  }

  @Test
  void shouldReadOnWhereTheRegistryIsAwayLongerThanARecordWaits() throws Exception {
    Schema grown = AvroRows.schema("{\"name\": \"v\", \"type\": \"int\", \"default\": 0},");
    produce(AvroRows.PLAIN, registry.add("plant-value", AvroRows.PLAIN.toString()), 0, 320);
    try (Service service = Service.start(impatient())) {
      await().atMost(PATIENCE).until(() -> verdicts() >= 320);

      registry.away.set(Integer.MAX_VALUE);
      produce(grown, registry.add("plant-value", grown.toString()), 320, 330);
      // Threads die of it: that is what is tried.
      await()
          .atMost(PATIENCE)
          .dontCatchUncaughtExceptions()
          .until(() -> service.meters().total("kelbo.replaced.threads") >= 2);
      assertThat(shell("health", "--live").code()).isZero();
      registry.away.set(0);

      await().atMost(PATIENCE).dontCatchUncaughtExceptions().until(() -> verdicts() >= 330);
      assertThat(shell("health", "--live").code()).isZero();
    }
    assertThat(verdicts()).isEqualTo(330);
    assertThat(LivePlant.committed(broker.bootstrap(), "kelbo.dead-letters")).isEmpty();
  }

  @Test
  void shouldEndACommandThatNeedsTheRegistryWithWhatToDo() throws Exception {
    try (Service service = Service.start(new SettingsReader().read(Path.of(config)))) {
      produce(AvroRows.PLAIN, registry.add("plant-value", AvroRows.PLAIN.toString()), 0, 320);
      await().atMost(PATIENCE).until(service::ready);
      await()
          .atMost(PATIENCE)
          .until(() -> !LivePlant.committed(broker.bootstrap(), "kelbo.anomalies").isEmpty());
      registry.away.set(Integer.MAX_VALUE);

      Shell feedback = shell("feedback", "plant/0/1", "confirmed");

      assertThat(feedback.code()).isEqualTo(Failures.NOT_REACHABLE);
      assertThat(feedback.err())
          .contains("within PT10S", "check registry.urls")
          .doesNotContain("not foreseen");
    }
  }

  /** The usual service, but that it gives a record up for now after half a second. */
  private Settings impatient() throws Exception {
    Settings usual = new SettingsReader().read(Path.of(config));
    Map<String, String> kafka = new HashMap<>(usual.kafka());
    kafka.put("session.timeout.ms", "2000"); // a dead thread's partitions are waited for so long
    kafka.put("heartbeat.interval.ms", "500");
    RegistrySettings asked =
        new RegistrySettings(
            List.of(registry.url()), null, null, null, null, Duration.ofMillis(500));
    return new Settings(
        usual.name(),
        kafka,
        usual.roles(),
        usual.input(),
        usual.warmUp(),
        usual.budget(),
        usual.allVerdicts(),
        usual.watch(),
        usual.retrain(),
        usual.guarantee(),
        usual.http(),
        usual.stateDir(),
        usual.createTopics(),
        usual.instance(),
        usual.seed(),
        usual.life(),
        new FormatSettings("auto", null, null, asked, "avro"));
  }

  private long verdicts() {
    return LivePlant.committed(broker.bootstrap(), "kelbo.verdicts").size();
  }

  private void says(String line) {
    await().atMost(PATIENCE).until(() -> shell("health").out().strip().startsWith(line));
  }

  private Shell shell(String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("-c", config));
    return Shell.run(command.toArray(String[]::new));
  }

  /** One strange row, for an alarm. */
  private static String text(int row) {
    return row == 310 ? PlantRows.strange(row) : PlantRows.row(row);
  }

  private void produce(Schema schema, int id, int from, int to) {
    AvroWritten as = new AvroWritten(Framing.CONFLUENT, schema, id);
    AvroPlant.produce(broker, as, from, to, row -> record(schema, row));
  }

  private static GenericRecord record(Schema schema, int row) {
    GenericRecord record = AvroRows.record(schema, text(row));
    if (schema.getField("v") != null) {
      record.put("v", row);
    }
    return record;
  }
}
