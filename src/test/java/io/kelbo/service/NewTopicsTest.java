package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.topology.PlantRows;
import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topics that Kelbo makes keep answers about old records, on a real broker. */
class NewTopicsTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);

  @Test
  void shouldStampAnswersWithTheTimeOfWritingAndSamplesWithTheRecords(@TempDir Path dir)
      throws Exception {
    long written = Instant.now().toEpochMilli();
    long longAgo = Instant.parse("1999-05-01T00:00:00Z").toEpochMilli();
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      for (int row = 0; row < 1_200; row++) {
        cluster.send(PlantRows.key(row), PlantRows.row(row), longAgo + row * 1000L);
      }
      cluster.send("pump-0", "[]", longAgo);
      cluster.flush();

      Settings settings = TestSettings.of(cluster.bootstrap(), dir.resolve("state"));
      try (Service service = Service.start(settings)) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> cluster.committed(TOPICS.verdicts()).size() >= 1_200);
        assertThat(service.ready()).isTrue();
      }

      for (String topic :
          List.of(TOPICS.verdicts(), TOPICS.imputed(), TOPICS.deadLetters(), TOPICS.lifecycle())) {
        assertThat(cluster.committed(topic))
            .isNotEmpty()
            .allSatisfy(record -> assertThat(record.timestamp()).isGreaterThanOrEqualTo(written));
      }
      assertThat(cluster.committed(TOPICS.imputed()))
          .allSatisfy(record -> assertThat(Audit.header(record, "kelbo.time")).startsWith("1999"));
      assertThat(Audit.header(cluster.committed(TOPICS.deadLetters()).get(0), "kelbo.time"))
          .isEqualTo("1999-05-01T00:00:00Z");
      assertThat(cluster.committed(TOPICS.samples()))
          .isNotEmpty()
          .allSatisfy(
              record -> assertThat(record.timestamp()).isBetween(longAgo, longAgo + 1_200_000));
      Map<String, Config> configs = configs(cluster);
      assertThat(value(configs, TOPICS.samples(), "retention.ms")).isEqualTo("-1");
      assertThat(value(configs, TOPICS.samples(), "retention.bytes")).isEqualTo("1073741824");
      assertThat(value(configs, TOPICS.anomalies(), "message.timestamp.type"))
          .isEqualTo("LogAppendTime");
      assertThat(value(configs, TOPICS.models(), "cleanup.policy")).isEqualTo("compact");
    }
  }

  private static Map<String, Config> configs(Cluster cluster) throws Exception {
    List<ConfigResource> resources =
        TOPICS.own().stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
      return admin.describeConfigs(resources).all().get().entrySet().stream()
          .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }
  }

  private static String value(Map<String, Config> configs, String topic, String key) {
    return configs.get(topic).get(key).value();
  }
}
