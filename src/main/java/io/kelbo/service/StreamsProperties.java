package io.kelbo.service;

import io.kelbo.observe.Meters;
import io.kelbo.topology.Topics;
import io.kelbo.topology.UnexpectedHandler;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What the two Kafka Streams applications run with; the user's own properties come last. */
final class StreamsProperties {
  private static final long CACHE_BYTES = 32L << 20;

  private StreamsProperties() {}

  static Properties of(Settings settings, Topics topics, String applicationId, Meters meters) {
    Properties p = new Properties();
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStores.class);
    p.put(BoundedStores.BYTES, settings.life().storeBytes());
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    if (!settings.byBroker()) {
      // A rolling restart is shorter; a dead instance's work moves on after it. With the protocol
      // 'streams' the broker says so, and refuses to be told.
      usual(p, settings, "consumer.", ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
      usual(p, settings, "consumer.", ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    }
    usual(
        p,
        settings,
        "producer.",
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        Clients.requestBytes(settings));
    // Regrouped records bear headers beside the input's, and a state holds 32 records: a record
    // that
    // its topic refuses would end the application at each start.
    p.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(Clients.requestBytes(settings)));
    // State bears the times of records, which the broker's clock does not bound in either way.
    p.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.toString(Long.MAX_VALUE));
    p.put(
        StreamsConfig.WINDOW_STORE_CHANGE_LOG_ADDITIONAL_RETENTION_MS_CONFIG,
        Duration.ofDays(36_500).toMillis());
    p.putAll(settings.kafka());
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.guarantee());
    p.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    consumer(p, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // The first model's transaction sets where reading begins; a partition added later is read
    // from its beginning, so that none of its records goes without an answer.
    consumer(p, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, UnexpectedHandler.class);
    p.put(UnexpectedHandler.TOPIC, topics.deadLetters());
    p.put(UnexpectedHandler.METERS, meters);
    if (settings.instance() != null && !settings.byBroker()) {
      consumer(p, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
    }
    return p;
  }

  /** With its prefix it would be stronger than what the user says of all clients. */
  private static void usual(
      Properties properties, Settings settings, String prefix, String key, Object value) {
    if (!settings.kafka().containsKey(key)) {
      properties.put(prefix + key, value);
    }
  }

  private static void consumer(Properties properties, String key, Object value) {
    properties.put(StreamsConfig.consumerPrefix(key), value);
  }
}
