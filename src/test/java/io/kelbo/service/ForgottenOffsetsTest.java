package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.format.FormatSettings;
import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group that was away for long begins where the settings say, not at the beginning. */
class ForgottenOffsetsTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);

  @Test
  void shouldBeginWhereTheSettingsSayOnlyWhereNothingIsKnown(@TempDir Path dir) throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
      cluster.createInput();
      for (int row = 0; row < 40; row++) {
        cluster.send("pump-" + row, "{}", 1_000_000L + row);
      }
      cluster.flush();
      Settings earliest = TestSettings.of(cluster.bootstrap(), dir.resolve("state"));

      ForgottenOffsets.set(from(earliest, "latest"), TOPICS);
      Map<TopicPartition, Long> begun = offsets(admin);
      ForgottenOffsets.set(earliest, TOPICS);

      assertThat(begun).hasSize(Cluster.PARTITIONS);
      assertThat(begun.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(40);
      assertThat(offsets(admin)).isEqualTo(begun);
    }
  }

  private static Map<TopicPartition, Long> offsets(Admin admin) throws Exception {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> known =
        admin.listConsumerGroupOffsets(TOPICS.scoring()).partitionsToOffsetAndMetadata().get();
    known.forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    return offsets;
  }

  private static Settings from(Settings s, String from) {
    Settings.Input in = s.input();
    return new Settings(
        s.name(),
        s.kafka(),
        s.roles(),
        new Settings.Input(
            in.topic(),
            from,
            in.entity(),
            in.time(),
            in.fields(),
            in.ignore(),
            in.late(),
            in.maxBytes(),
            in.segment(),
            in.repair()),
        s.warmUp(),
        s.budget(),
        s.allVerdicts(),
        s.watch(),
        s.retrain(),
        s.guarantee(),
        s.http(),
        s.stateDir(),
        s.createTopics(),
        s.instance(),
        s.seed(),
        Settings.Life.usual(),
        FormatSettings.NOTHING);
  }
}
