package io.kelbo.service;

import io.kelbo.model.ModelId;
import io.kelbo.topology.Champion;
import io.kelbo.topology.ModelSnapshot;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is on the {@code models} topic now, read once from its beginning to its end. */
public final class ModelsReader {
  private static final Logger LOG = LoggerFactory.getLogger(ModelsReader.class);

  private ModelsReader() {}

  /**
   * All that is published.
   *
   * @param champions by segment
   * @param snapshots by segment and version; unreadable ones are left out
   */
  public record Published(Map<String, Champion> champions, Map<ModelId, ModelSnapshot> snapshots) {
    public Published {
      champions = Map.copyOf(champions);
      snapshots = Map.copyOf(snapshots);
    }

    /** A segment's snapshots, newest first. */
    public List<ModelSnapshot> of(String segment) {
      return snapshots.values().stream()
          .filter(snapshot -> snapshot.id().segment().equals(segment))
          .sorted(Comparator.comparingInt((ModelSnapshot s) -> s.id().version()).reversed())
          .toList();
    }

    /** The snapshot that scores, or null where there is none. */
    public @Nullable ModelSnapshot champion(String segment) {
      Champion champion = champions.get(segment);
      return champion == null ? null : snapshots.get(new ModelId(segment, champion.version()));
    }
  }

  /**
   * @throws ServiceFailure if the topic cannot be read
   */
  public static Published read(Settings settings) throws InterruptedException {
    Topics topics = new Topics(settings.name(), settings.input().topic());
    try (Consumer<byte[], byte[]> consumer = Clients.consumer(settings)) {
      return decoded(values(consumer, topics.models()));
    } catch (KafkaException failed) {
      throw new ServiceFailure(
          "topic '%s' cannot be read: %s".formatted(topics.models(), Refusal.ofReading(failed)),
          failed);
    }
  }

  private static Map<String, byte[]> values(Consumer<byte[], byte[]> consumer, String topic)
      throws InterruptedException {
    Map<String, byte[]> values = new HashMap<>();
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Set<TopicPartition> open = new HashSet<>(partitions);
      while (true) {
        open.removeIf(p -> consumer.position(p) >= ends.getOrDefault(p, 0L));
        if (open.isEmpty()) {
          return values;
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          String key = new String(record.key(), StandardCharsets.UTF_8);
          if (record.value() == null) {
            values.remove(key);
          } else {
            values.put(key, record.value());
          }
        }
      }
    } catch (InterruptException interrupted) {
      // Cleared here, since Kafka's clients cannot close on an interrupted thread.
      Thread.interrupted();
      throw new InterruptedException("interrupted while reading " + topic);
    }
  }

  private static Published decoded(Map<String, byte[]> values) {
    Map<String, Champion> champions = new HashMap<>();
    Map<ModelId, ModelSnapshot> snapshots = new HashMap<>();
    List<String> refused = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          try {
            if (key.contains("/")) {
              ModelSnapshot snapshot = ModelSnapshot.read(value);
              snapshots.put(snapshot.id(), snapshot);
            } else {
              champions.put(key, Champion.read(value));
            }
          } catch (IOException | RuntimeException corrupt) {
            refused.add(key);
          }
        });
    if (!refused.isEmpty()) {
      LOG.atWarn().addKeyValue("keys", refused).log("published models that cannot be read");
    }
    return new Published(champions, snapshots);
  }
}
