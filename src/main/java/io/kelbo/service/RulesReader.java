package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A topic of ours read once, from its beginning to its end; joins no group, commits nothing. */
public final class RulesReader {
  private RulesReader() {}

  /**
   * What is on the {@code rules} topic now, by id.
   *
   * @throws ServiceFailure if the topic cannot be read
   */
  public static Map<String, byte[]> read(Settings settings) {
    Map<String, byte[]> rules = new TreeMap<>();
    each(
        settings,
        new Topics(settings.name(), settings.input().topic()).rules(),
        record -> {
          String id = new String(record.key(), StandardCharsets.UTF_8);
          if (record.value() == null) {
            rules.remove(id);
          } else {
            rules.put(id, record.value());
          }
        });
    return rules;
  }

  /**
   * Shows each record of a topic, those of a partition in order.
   *
   * @throws ServiceFailure if the topic cannot be read
   */
  public static void each(
      Settings settings, String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (var consumer = Clients.consumer(settings)) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(reader);
      }
    } catch (KafkaException failed) {
      throw new ServiceFailure(
          "topic '%s' cannot be read: %s".formatted(topic, Refusal.ofReading(failed)), failed);
    }
  }
}
