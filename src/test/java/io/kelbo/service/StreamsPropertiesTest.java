package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.observe.Meters;
import io.kelbo.topology.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user says of Kafka's clients stands, where Kelbo has another usual value, too. */
class StreamsPropertiesTest {
  @ParameterizedTest
  @CsvSource({
    "'', 10000, 3000",
    "session.timeout.ms, 45000, 3000",
    "consumer.session.timeout.ms, 45000, 3000",
    "main.consumer.session.timeout.ms, 45000, 3000",
    "heartbeat.interval.ms, 10000, 45000"
  })
  void shouldGiveTheConsumerWhatIsSaidWithAndWithoutPrefix(
      String said, int session, int heartbeat) {
    Map<String, Object> consumer =
        config(said, "45000").getMainConsumerConfigs("kelbo-score", "client", 1);

    assertThat(consumer.get("session.timeout.ms")).hasToString("" + session);
    assertThat(consumer.get("heartbeat.interval.ms")).hasToString("" + heartbeat);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 8388608",
    "max.request.size, 9000000",
    "producer.max.request.size, 9000000",
    "linger.ms, 8388608"
  })
  void shouldGiveTheProducerWhatIsSaidWithAndWithoutPrefix(String said, int size) {
    Map<String, Object> producer = config(said, "9000000").getProducerConfigs("client");

    assertThat(producer.get("max.request.size")).hasToString("" + size);
  }

  private static StreamsConfig config(String said, String value) {
    Map<String, String> kafka = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1"));
    if (!said.isEmpty()) {
      kafka.put(said, value);
    }
    Settings settings = TestSettings.named("kelbo", kafka, Path.of("unused"));
    Topics topics = new Topics("kelbo", Cluster.INPUT);
    Properties properties =
        StreamsProperties.of(
            settings, topics, topics.scoring(), new Meters(new SimpleMeterRegistry()));
    return new StreamsConfig(properties);
  }
}
