package io.kelbo.service;

import io.kelbo.topology.Letter;
import io.kelbo.topology.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the dead-letter topic from its beginning to where it ended when this was opened, as often
 * as is asked. Commits nothing.
 */
final class LetterReading implements AutoCloseable {
  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;
  private final Map<String, Integer> inputPartitions;

  private LetterReading(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, Topics topics) {
    this.consumer = consumer;
    List<TopicPartition> partitions =
        consumer.partitionsFor(topics.deadLetters()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    this.ends = consumer.endOffsets(partitions);
    this.inputPartitions =
        topics.inputs(() -> consumer.listTopics().keySet()).stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    topic -> topic, topic -> consumer.partitionsFor(topic).size()));
  }

  static LetterReading open(Settings settings, Topics topics) {
    return new LetterReading(Clients.consumer(settings), topics);
  }

  /** How many each topic of the input has. */
  Map<String, Integer> inputPartitions() {
    return inputPartitions;
  }

  void each(Duration wait, Consumer<Letter> taker) {
    consumer.seekToBeginning(ends.keySet());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
        if (record.offset()
            < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
          taker.accept(new Letter(record));
        }
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
