package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.OrderedProducer;
import io.kelbo.model.Snapshots;
import io.kelbo.service.Service;
import io.kelbo.service.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on demand, freezing, rollback and export, against a live service. */
class ModelCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int ROWS = 3_000;

  @TempDir private Path folder;

  @Test
  void shouldTrainFreezeExportAndGoBackOnALiveCluster() throws Exception {
    Locale.setDefault(Locale.ROOT);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      create(broker.bootstrap());
      produce(broker.bootstrap(), 0, ROWS);
      Path yaml = folder.resolve("kelbo.yaml");
      Files.writeString(
          yaml,
          """
          kafka: { bootstrap.servers: "%s" }
          input: { topic: pumps, from: earliest, entity: key }
          warmup: { records: 200 }
          retrain: { every: P30D, window: P60D }
          http: { port: 0 }
          state: { dir: "%s" }
          """
              .formatted(broker.bootstrap(), folder.resolve("state")));
      String config = yaml.toString();
      assertThat(Shell.run("model", "freeze", "-c", config).err()).contains("does not exist");

      try (Service service = Service.start(new SettingsReader().read(yaml))) {
        // The sample grows past twice what the first model learned from: a training of its own.
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> service.meters().total("kelbo.trainings") >= 1);

        Shell frozen = Shell.run("model", "freeze", "--reason", "a test", "-c", config);
        Shell trained = Shell.run("model", "train", "--wait", "--json", "-c", config);
        Path out = folder.resolve("one.kelbo");
        Shell exported = Shell.run("model", "export", "1", "--out", out.toString(), "-c", config);
        Shell again = Shell.run("model", "export", "1", "--out", out.toString(), "-c", config);

        assertThat(frozen.code()).isZero();
        assertThat(trained.code()).isZero();
        assertThat(trained.out()).containsAnyOf("\"event\":\"trained\"", "\"event\":\"rejected\"");
        assertThat(exported.code()).isZero();
        assertThat(Snapshots.read(Files.readAllBytes(out)).id().version()).isEqualTo(1);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("that file exists already");

        Shell promoted = Shell.run("model", "promote", "1", "-c", config);

        assertThat(promoted.code()).isZero();
        produce(broker.bootstrap(), ROWS, ROWS + 30); // models change between records only
        Awaitility.await().atMost(PATIENCE).until(() -> service.meters().modelVersion() == 1);
        assertThat(Shell.run("model", "freeze", "--off", "-c", config).out())
            .contains("promoted again");
      }
    }
  }

  private static void create(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic("pumps", 1, (short) 1))).all().get();
    }
  }

  private static void produce(String bootstrap, int from, int to) {
    Map<String, Object> properties = OrderedProducer.properties(bootstrap);
    Random random = new Random(5);
    long start = java.time.Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      for (int i = from; i < to; i++) {
        double pressure = random.nextGaussian();
        String value =
            "{\"pressure\":%.4f,\"flow\":%.4f}"
                .formatted(pressure, 2 * pressure + 0.1 * random.nextGaussian());
        producer.send(
            new ProducerRecord<>("pumps", null, start + 1000L * i, "pump-" + i % 3, value));
      }
    }
  }
}
