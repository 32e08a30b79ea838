package io.kelbo.service;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.OrderedProducer;
import io.kelbo.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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

  private final String bootstrap;
  private final Runnable closing;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

  Cluster(Path dir) {
    this(EmbeddedBroker.start(dir, 0));
  }

  private Cluster(EmbeddedBroker broker) {
    this(broker.bootstrap(), broker::close);
  }

  /** One that is there already. */
  Cluster(String bootstrap, Runnable closing) {
    this.bootstrap = bootstrap;
    this.closing = closing;
    Map<String, Object> properties = new HashMap<>(OrderedProducer.properties(bootstrap));
    properties.put("linger.ms", "5");
    properties.put("max.request.size", "9000000");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  String bootstrap() {
    return bootstrap;
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
    send(new ProducerRecord<>(INPUT, null, timestamp, keyBytes, value));
  }

  /** Any record; {@link #flush} throws if the broker refused one. */
  void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (place, failure) -> {
          if (failure != null) {
            refused.compareAndSet(null, failure);
          }
        });
  }

  void sendTo(String topic, String key, String value, long timestamp) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    send(new ProducerRecord<>(topic, null, timestamp, key.getBytes(StandardCharsets.UTF_8), bytes));
  }

  void send(String key, String value, long timestamp) {
    send(key, value.getBytes(StandardCharsets.UTF_8), timestamp);
  }

  /** A record on any topic, and its answer awaited. */
  void publish(String topic, String key, byte[] value) throws Exception {
    publish(topic, null, key, value);
  }

  void publish(String topic, @Nullable Integer at, String key, byte[] value) throws Exception {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, at, keyBytes, value)).get();
  }

  void flush() {
    producer.flush();
    Exception failure = refused.get();
    if (failure != null) {
      throw new IllegalStateException("a record sent by this test was refused", failure);
    }
  }

  /** Where the verdicts end, over all partitions: with transactions' marks, a few too many. */
  long answered(Topics topics) {
    return has(topics.verdicts())
        ? ends(topics.verdicts()).values().stream().mapToLong(Long::longValue).sum()
        : 0;
  }

  /** Whether each record of the input has an answer, or some have two. */
  boolean allAnswered(Topics topics) {
    return count(topics.verdicts()) + count(topics.deadLetters()) >= sent();
  }

  /** How many records the input holds. */
  long sent() {
    return ends(INPUT).values().stream().mapToLong(Long::longValue).sum();
  }

  boolean has(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.listTopics().containsKey(topic);
    }
  }

  /** The instances of an application that have work, by static membership id. */
  List<String> workers(String application) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      if (admin.listGroups().all().get().stream().noneMatch(g -> g.groupId().equals(application))) {
        return List.of();
      }
      return admin
          .describeConsumerGroups(List.of(application))
          .all()
          .get()
          .get(application)
          .members()
          .stream()
          .filter(member -> !member.assignment().topicPartitions().isEmpty())
          .flatMap(member -> member.groupInstanceId().stream())
          .map(Cluster::withoutThread)
          .distinct()
          .toList();
    }
  }

  // Kafka Streams numbers the threads of an instance: a-1, a-2.
  private static String withoutThread(String member) {
    return member.replaceFirst("-[0-9]+$", "");
  }

  /** Whether every replica of every topic has what its leader has. */
  boolean inStep() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      return admin
          .describeTopics(admin.listTopics().names().get())
          .allTopicNames()
          .get()
          .values()
          .stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    }
  }

  /** Where each partition of a topic ends for a {@code read_committed} reader. */
  Map<TopicPartition, Long> ends(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(partitions(consumer, topic));
    }
  }

  /** All committed records of a topic, as a {@code read_committed} reader sees them now. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    each(topic, records::add);
    return records;
  }

  /** How many there are. */
  long count(String topic) {
    AtomicLong records = new AtomicLong();
    each(topic, record -> records.incrementAndGet());
    return records.get();
  }

  /** The same, one after another. */
  void each(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    each(topic, Map.of(), reader);
  }

  /** Those from an offset of each partition on. */
  void each(
      String topic,
      Map<TopicPartition, Long> from,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      from.forEach(consumer::seek);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(reader);
      }
    }
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
    closing.run();
  }
}
