package io.kelbo.cli;

import io.kelbo.service.Clients;
import io.kelbo.service.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The newest records of a topic, about as they came. Joins no group and commits nothing. */
final class NewestRecords {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private NewestRecords() {}

  /**
   * At most {@code count} records, a fair share of each partition; in the order of each partition,
   * and between partitions by timestamp.
   *
   * @param extent first and end offset of each partition
   */
  static List<ConsumerRecord<byte[], byte[]>> read(
      Settings settings, Map<TopicPartition, long[]> extent, int count) {
    Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    Map<TopicPartition, Long> from = starts(extent, count);
    if (from.isEmpty()) {
      return List.of();
    }
    try (Consumer<byte[], byte[]> consumer = Clients.consumer(settings)) {
      consumer.assign(from.keySet());
      from.forEach(consumer::seek);
      Set<TopicPartition> open = new HashSet<>(from.keySet());
      Instant deadline = Instant.now().plus(LONGEST);
      while (!open.isEmpty() && Instant.now().isBefore(deadline)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          records
              .computeIfAbsent(
                  new TopicPartition(record.topic(), record.partition()),
                  partition -> new ArrayDeque<>())
              .add(record);
        }
        open.removeIf(partition -> consumer.position(partition) >= end(extent, partition));
      }
    }
    return merged(records.values());
  }

  /** Shares are even; what a short partition leaves over goes to the longer ones. */
  private static Map<TopicPartition, Long> starts(Map<TopicPartition, long[]> extent, int count) {
    List<TopicPartition> shortestFirst =
        extent.keySet().stream()
            .filter(partition -> length(extent, partition) > 0)
            .sorted(
                Comparator.comparingLong((TopicPartition p) -> length(extent, p))
                    .thenComparing(TopicPartition::partition))
            .toList();
    Map<TopicPartition, Long> starts = new HashMap<>();
    long left = count;
    for (int i = 0; i < shortestFirst.size(); i++) {
      TopicPartition partition = shortestFirst.get(i);
      long share = Math.min(length(extent, partition), left / (shortestFirst.size() - i));
      starts.put(partition, end(extent, partition) - share);
      left -= share;
    }
    return starts;
  }

  private static List<ConsumerRecord<byte[], byte[]>> merged(
      Iterable<Deque<ConsumerRecord<byte[], byte[]>>> partitions) {
    PriorityQueue<Deque<ConsumerRecord<byte[], byte[]>>> heads =
        new PriorityQueue<>(
            Comparator.comparingLong(
                    (Deque<ConsumerRecord<byte[], byte[]>> queue) -> queue.element().timestamp())
                .thenComparingInt(queue -> queue.element().partition()));
    partitions.forEach(heads::add);
    List<ConsumerRecord<byte[], byte[]>> merged = new ArrayList<>();
    while (!heads.isEmpty()) {
      Deque<ConsumerRecord<byte[], byte[]>> queue = heads.remove();
      merged.add(queue.remove());
      if (!queue.isEmpty()) {
        heads.add(queue);
      }
    }
    return merged;
  }

  private static long length(Map<TopicPartition, long[]> extent, TopicPartition partition) {
    long[] ends = extent.getOrDefault(partition, new long[2]);
    return ends[1] - ends[0];
  }

  private static long end(Map<TopicPartition, long[]> extent, TopicPartition partition) {
    return extent.getOrDefault(partition, new long[2])[1];
  }
}
