package io.kelbo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.service.SettingsReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
  @Test
  void shouldWriteThePlantAtThePresentTimeAndTellItsFaults(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      StringWriter out = new StringWriter();
      Instant before = Instant.now();

      long written =
          new Simulation(
                  new SimulationOptions(Duration.ofSeconds(8), 10_000, 1), new PrintWriter(out))
              .run(
                  new SettingsReader()
                      .read(
                          "kafka: { bootstrap.servers: '%s' }\ninput: { topic: plant }\n"
                              .formatted(broker.bootstrap()),
                          "test"));

      List<ConsumerRecord<String, String>> records = read(broker.bootstrap(), written);
      assertThat(records.size()).isEqualTo(written);
      assertThat(records)
          .allSatisfy(
              record ->
                  assertThat(Instant.ofEpochMilli(record.timestamp()))
                      .isBetween(before.minusMillis(1), Instant.now()));
      assertThat(records).map(ConsumerRecord::key).contains("pump-1", "pump-6");
      assertThat(out.toString()).contains("send 10000 records a second to 'plant'");
      // A plant's day and the longest wait for a first fault after it are 1,220 ticks.
      assertThat(written).isGreaterThan(1_220L * Plant.PUMPS);
      assertThat(out.toString())
          .containsPattern("pump-\\d: (spike|stuck|slow|broken|silent|level)");
    }
  }

  private static List<ConsumerRecord<String, String>> read(String bootstrap, long count) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "group.id", "t", "auto.offset.reset", "earliest");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("plant"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
              });
    }
    return records;
  }
}
