package io.kelbo.topology;

import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/** What the test driver is told, as the service tells Kafka Streams. */
final class BenchProperties {
  private BenchProperties() {}

  static Properties scoring() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "kelbo-score");
    // Of this process alone: another build on the machine may run the same test.
    properties.put(
        StreamsConfig.STATE_DIR_CONFIG,
        System.getProperty("java.io.tmpdir") + "/kelbo-bench-" + ProcessHandle.current().pid());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:9");
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2");
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, UnexpectedHandler.class);
    properties.put(UnexpectedHandler.TOPIC, ScoringBench.TOPICS.deadLetters());
    return properties;
  }
}
