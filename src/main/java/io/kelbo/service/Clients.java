package io.kelbo.service;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Kafka's plain clients as the settings want them. The user's properties pass through untouched:
 * those without a prefix to every client, those with one to the clients that it names.
 */
public final class Clients {
  private static final int LEAST_REQUEST_BYTES = 8 << 20;
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private static final String[] PREFIXES = {
    "main.consumer.",
    "restore.consumer.",
    "global.consumer.",
    "consumer.",
    "producer.",
    "admin.",
    "topic."
  };

  private Clients() {}

  /** Room for our largest records: a completed input record, an entity's state, a sample. */
  static int requestBytes(Settings settings) {
    return Math.max(LEAST_REQUEST_BYTES, 3 * settings.input().maxBytes());
  }

  /** Answers or fails within about 12 seconds a call. */
  public static Admin admin(Settings settings) {
    Properties properties = new Properties();
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 12_000);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 6_000);
    add(properties, settings.kafka(), "admin.");
    try {
      return Admin.create(properties);
    } catch (KafkaException refused) {
      throw unreachable(settings, refused);
    }
  }

  /** Reads committed records of partitions that are assigned by hand; commits nothing. */
  public static Consumer<byte[], byte[]> consumer(Settings settings) {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // A look must not make a topic: the broker's own would not be compacted.
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
    add(properties, settings.kafka(), "consumer.");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try {
      return new KafkaConsumer<>(
          properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException refused) {
      throw unreachable(settings, refused);
    }
  }

  /** Properties of a producer without transactions: the user's, no more. */
  public static Properties producing(Settings settings) {
    Properties properties = new Properties();
    add(properties, settings.kafka(), "producer.");
    return properties;
  }

  /**
   * Writes in one transaction, all of it or nothing.
   *
   * @throws KafkaException if nothing was written
   */
  public static void transaction(
      Settings settings,
      String transactionalId,
      java.util.function.Consumer<Producer<String, byte[]>> writing) {
    Producer<String, byte[]> producer = producer(settings, transactionalId);
    try {
      producer.initTransactions();
      producer.beginTransaction();
      writing.accept(producer);
      producer.commitTransaction();
    } finally {
      // Refused a topic that it may not even see, it would wait 30 s.
      producer.close(CLOSING);
    }
  }

  /** Writes in transactions of an id of which only the newest holder may write. */
  static Producer<String, byte[]> producer(Settings settings, String transactionalId) {
    return new KafkaProducer<>(
        transactional(settings, transactionalId),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  /** The same for keys and values that are bytes. */
  static Producer<byte[], byte[]> rawProducer(Settings settings, String transactionalId) {
    return new KafkaProducer<>(
        transactional(settings, transactionalId),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static Properties transactional(Settings settings, String transactionalId) {
    Properties properties = new Properties();
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, requestBytes(settings));
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    add(properties, settings.kafka(), "producer.");
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return properties;
  }

  static String bootstrap(Settings settings) {
    return String.valueOf(settings.kafka().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
  }

  static Unreachable unreachable(Settings settings, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new Unreachable(
        "kafka.bootstrap.servers is '%s' but no broker answers there (%s): start it, or correct the address"
            .formatted(bootstrap(settings), root.getMessage()),
        cause);
  }

  private static void add(Properties properties, Map<String, String> given, String prefix) {
    given.forEach(
        (key, value) -> {
          // The protocol is that of the two applications; a plain client may not know it.
          if (prefixOf(key).isEmpty() && !key.equals("group.protocol")) {
            properties.put(key, value);
          }
        });
    given.forEach(
        (key, value) -> {
          if (prefixOf(key).equals(prefix)) {
            properties.put(key.substring(prefix.length()), value);
          }
        });
  }

  private static String prefixOf(String key) {
    for (String prefix : PREFIXES) {
      if (key.startsWith(prefix)) {
        return prefix;
      }
    }
    return "";
  }
}
