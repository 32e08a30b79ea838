package io.kelbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.OrderedProducer;
import io.kelbo.topology.PlantRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker in this process, and on it a topic of {@link PlantRows}, a second apart. */
final class LivePlant implements AutoCloseable {
  static final String TOPIC = "plant";
  private static final long START = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();

  private final Path folder;
  private final EmbeddedBroker broker;
  private final KafkaProducer<String, String> producer;
  private int next;

  LivePlant(Path folder, int partitions) throws Exception {
    this.folder = folder;
    this.broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    this.producer =
        new KafkaProducer<>(
            OrderedProducer.properties(broker.bootstrap()),
            new StringSerializer(),
            new StringSerializer());
    create(broker, partitions);
  }

  /** Makes the topic. */
  static void create(EmbeddedBroker broker, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 1))).all().get();
    }
  }

  /** A configuration file of an instance with its own state. */
  Path config(String instance, String more) throws IOException {
    return Files.writeString(
        folder.resolve(instance + ".yaml"),
        """
        kafka: { bootstrap.servers: "%s" }
        input: { topic: plant, from: earliest, entity: key, late: P1D }
        http: { port: 0 }
        state: { dir: "%s" }
        %s
        """
            .formatted(broker.bootstrap(), folder.resolve("state-" + instance), more));
  }

  /** Sends the next normal rows. */
  void rows(int count) {
    for (int i = 0; i < count; i++) {
      send(PlantRows.row(next));
    }
  }

  /** Sends normal rows up to the turn of a pump, and of that a strange one; returns its number. */
  int strange(String pump) {
    while (!PlantRows.key(next).equals(pump)) {
      rows(1);
    }
    send(PlantRows.strange(next));
    return next - 1;
  }

  private void send(String value) {
    producer.send(
        new ProducerRecord<>(TOPIC, null, START + 1000L * next, PlantRows.key(next), value));
    next++;
  }

  int sent() {
    return next;
  }

  List<JsonNode> verdicts() throws IOException {
    return json("kelbo.verdicts");
  }

  /** The newest verdict on a record of a pump. */
  JsonNode last(String pump) throws IOException {
    List<JsonNode> of =
        verdicts().stream().filter(v -> v.path("entity").asText().equals(pump)).toList();
    return of.get(of.size() - 1);
  }

  List<JsonNode> json(String topic) throws IOException {
    List<JsonNode> values = new ArrayList<>();
    for (byte[] value : committed(broker.bootstrap(), topic)) {
      values.add(new ObjectMapper().readTree(value));
    }
    return values;
  }

  /** Whether a topic is there and has so many records. */
  boolean has(String topic, int records) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      return admin.listTopics().names().get().contains(topic) && values(topic).size() >= records;
    }
  }

  List<byte[]> values(String topic) {
    return committed(broker.bootstrap(), topic);
  }

  /** The values of a topic as a {@code read_committed} reader sees them now. */
  static List<byte[]> committed(String bootstrap, String topic) {
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(java.time.Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
      }
    }
    return values;
  }

  Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ofSeconds(2));
    broker.close();
  }
}
