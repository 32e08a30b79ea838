package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading begins where nothing was read yet.
 *
 * @param from {@code earliest}, {@code latest}, or an ISO duration back such as {@code PT1H}
 */
record StartPosition(String from) {
  /** The first offset to read, of each partition of the input. */
  Map<TopicPartition, Long> of(Consumer<?, ?> consumer, Topics topics) {
    List<TopicPartition> partitions =
        topics.inputs(() -> consumer.listTopics().keySet()).stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (from.equals("earliest")) {
      return consumer.beginningOffsets(partitions);
    }
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.endOffsets(partitions));
    if (!from.equals("latest")) {
      long since = Instant.now().minus(Duration.parse(from)).toEpochMilli();
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, Math.max(0, since)));
      for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
          consumer.offsetsForTimes(times).entrySet()) {
        // Null where nothing is that new: then reading begins at the end.
        if (found.getValue() != null) {
          starts.put(found.getKey(), found.getValue().offset());
        }
      }
    }
    return starts;
  }
}
