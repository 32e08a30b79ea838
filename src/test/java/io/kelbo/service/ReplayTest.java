package io.kelbo.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters go back as they came, each at most once. */
class ReplayTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final Instant TIME = Instant.parse("2026-11-22T08:13:00.123Z");
  private static final Replay.Choice ALL = new Replay.Choice(null, null, null, 10_000);

  @Test
  void shouldMoveEachLetterOnceAsItCame(@TempDir Path dir) throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      Settings settings = TestSettings.of(cluster.bootstrap(), dir.resolve("state"));
      cluster.createInput();
      new TopicSetup(settings, TOPICS).ready();
      for (int i = 0; i < 450; i++) {
        cluster.send(letter(i, i % 3 == 0 ? "not_json" : "wrong_type", Cluster.INPUT));
      }
      ProducerRecord<byte[], byte[]> cut = letter(450, "too_large", Cluster.INPUT);
      cut.headers().add("kelbo.cut", bytes("9000000"));
      cluster.send(cut);
      cluster.send(letter(451, "not_json", "another.topic"));
      cluster.flush();

      Replay.Account rehearsed = new Replay(settings, ALL).rehearse();
      assertThat(cluster.committed(Cluster.INPUT)).isEmpty();
      Replay.Account some =
          new Replay(settings, new Replay.Choice("not_json", null, null, 100)).run();
      Replay.Account rest = new Replay(settings, ALL).run();
      Replay.Account again = new Replay(settings, ALL).run();

      assertThat(rehearsed.chosen()).isEqualTo(Map.of("not_json", 150L, "wrong_type", 300L));
      assertThat(rehearsed.passedOver()).isEqualTo(Map.of("cut", 1L, "of another topic", 1L));
      assertThat(some.moved()).isEqualTo(100);
      assertThat(rest.moved()).isEqualTo(350);
      assertThat(rest.passedOver()).containsEntry("replayed before", 100L);
      assertThat(again.moved()).isZero();
      List<ConsumerRecord<byte[], byte[]>> moved = cluster.committed(Cluster.INPUT);
      assertThat(moved).hasSize(450);
      assertThat(moved.stream().map(r -> new String(r.value(), UTF_8)).distinct()).hasSize(450);
      assertThat(moved)
          .allSatisfy(
              record -> {
                int row = Integer.parseInt(new String(record.value(), UTF_8).substring(6));
                assertThat(record.key()).isEqualTo(bytes("pump-" + row));
                assertThat(record.partition()).isEqualTo(row % Cluster.PARTITIONS);
                assertThat(record.timestamp()).isEqualTo(TIME.toEpochMilli() + row);
                assertThat(record.headers().toArray()).hasSize(1);
                assertThat(record.headers().lastHeader("trace").value())
                    .isEqualTo(bytes("t" + row));
              });
    }
  }

  @Test
  void shouldChooseByTime(@TempDir Path dir) throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      Settings settings = TestSettings.of(cluster.bootstrap(), dir.resolve("state"));
      cluster.createInput();
      new TopicSetup(settings, TOPICS).ready();
      cluster.send(letter(1, "not_json", Cluster.INPUT));
      cluster.flush();
      Instant now = Instant.now();

      assertThat(rehearse(settings, null, now.minusSeconds(600))).isEmpty();
      assertThat(rehearse(settings, now.plusSeconds(600), null)).isEmpty();
      assertThat(rehearse(settings, now.minusSeconds(600), now.plusSeconds(600)))
          .isEqualTo(Map.of("not_json", 1L));
    }
  }

  private static Map<String, Long> rehearse(Settings settings, Instant from, Instant to) {
    return new Replay(settings, new Replay.Choice(null, from, to, 10)).rehearse().chosen();
  }

  private static ProducerRecord<byte[], byte[]> letter(int row, String reason, String topic) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(TOPICS.deadLetters(), bytes("pump-" + row), bytes("value " + row));
    Headers headers = letter.headers();
    headers.add("trace", bytes("t" + row));
    headers.add("kelbo.reason", bytes(reason));
    headers.add("kelbo.message", bytes("why"));
    headers.add("kelbo.topic", bytes(topic));
    headers.add("kelbo.partition", bytes(Integer.toString(row % Cluster.PARTITIONS)));
    headers.add("kelbo.offset", bytes(Integer.toString(row)));
    headers.add("kelbo.time", bytes(TIME.plusMillis(row).toString()));
    return letter;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
