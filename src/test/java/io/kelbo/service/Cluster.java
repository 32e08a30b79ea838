package io.kelbo.service;

import io.kelbo.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker in this process, one input topic of four partitions, and plain clients to look in. */
final class Cluster implements AutoCloseable {
  static final String INPUT = "plant.telemetry";
  static final int PARTITIONS = 4;

  private final EmbeddedBroker broker;
  private final KafkaProducer<byte[], byte[]> producer;

  Cluster(Path dir) {
    broker = EmbeddedBroker.start(dir, 0);
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrap());
    properties.put("linger.ms", "5");
    properties.put("max.request.size", "9000000");
    // A partition just created may refuse a first batch and take the second: then the first is out
    // of sequence for ever, and lost.
    properties.put("max.in.flight.requests.per.connection", "1");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  String bootstrap() {
    return broker.bootstrap();
  }

  void createInput() throws Exception {
    create(INPUT, PARTITIONS);
  }

  void create(String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      NewTopic input =
          new NewTopic(topic, Optional.of(partitions), Optional.empty())
              .configs(
                  Map.of(
                      "max.message.bytes",
                      "8000000",
                      "message.timestamp.after.max.ms",
                      Long.toString(Long.MAX_VALUE)));
      admin.createTopics(List.of(input)).all().get();
    }
  }

  void send(@Nullable String key, byte @Nullable [] value, long timestamp) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(INPUT, null, timestamp, keyBytes, value));
  }

  void sendTo(String topic, String key, String value, long timestamp) {
    producer.send(
        new ProducerRecord<>(
            topic,
            null,
            timestamp,
            key.getBytes(StandardCharsets.UTF_8),
            value.getBytes(StandardCharsets.UTF_8)));
  }

  void send(String key, String value, long timestamp) {
    send(key, value.getBytes(StandardCharsets.UTF_8), timestamp);
  }

  void flush() {
    producer.flush();
  }

  /** How many records the input holds. */
  long sent() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(partitions(consumer, INPUT)).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  /** All committed records of a topic, as a {@code read_committed} reader sees them now. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrap(), "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
    broker.close();
  }
}
