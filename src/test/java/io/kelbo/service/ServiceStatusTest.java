package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.observe.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What health says of applications that are not all running yet. */
class ServiceStatusTest {
  @Test
  void shouldBeAliveAndNotReadyWhileInstancesAgreeOnPartitions(@TempDir Path dir) {
    Properties properties = new Properties();
    properties.put("application.id", "kelbo-score");
    properties.put("bootstrap.servers", "127.0.0.1:1"); // where nobody answers, it lasts
    properties.put("state.dir", dir.toString());
    StreamsBuilder flow = new StreamsBuilder();
    flow.stream("plant");
    try (KafkaStreams streams = new KafkaStreams(flow.build(), properties)) {
      Progress progress = new Progress();
      progress.running();
      ServiceStatus status =
          new ServiceStatus(
              TestSettings.of("127.0.0.1:1", dir),
              progress,
              new Meters(new SimpleMeterRegistry()),
              () -> List.of(streams),
              () -> 0,
              () -> "");
      streams.start();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> streams.state() == KafkaStreams.State.REBALANCING);

      assertThat(status.health())
          .isEqualTo(new ServiceStatus.Health(false, "not all is running: [REBALANCING]"));
      assertThat(status.live()).isEqualTo(new ServiceStatus.Health(true, "live"));
      streams.close(Duration.ZERO);
    }
  }
}
