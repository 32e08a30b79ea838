package io.kelbo.service;

import io.kelbo.observe.Meters;
import io.kelbo.topology.Topics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/**
 * How far an instance is behind its input, in records and in time. Time is told by when it saw the
 * topic's end where, so that records which bear times of their own do not mislead.
 */
final class InputLag {
  /** Enough for two hours at a look each ten seconds; older sights are let go. */
  private static final int SIGHTS = 720;

  private final Supplier<Map<String, Long>> waiting;
  private final Supplier<Map<String, Long>> judged;
  private final LongSupplier nanos;
  private final Map<String, Deque<Sight>> sights = new HashMap<>();

  /** Where the end of a partition was, and when. */
  private record Sight(long at, long end) {}

  InputLag(Topics topics, Supplier<List<KafkaStreams>> applications, Meters meters) {
    this(() -> records(topics, applications.get()), meters::judged, System::nanoTime);
  }

  /**
   * @param waiting records not fetched, by topic/partition
   * @param judged offset of the record answered last, by topic/partition
   */
  InputLag(
      Supplier<Map<String, Long>> waiting, Supplier<Map<String, Long>> judged, LongSupplier nanos) {
    this.waiting = waiting;
    this.judged = judged;
    this.nanos = nanos;
  }

  /** Records that this instance's consumers have not fetched yet. */
  long records() {
    return waiting.get().values().stream().mapToLong(records -> records).sum();
  }

  /** Seconds that the oldest unanswered record has waited, at least; 0 where none waits. */
  synchronized double age() {
    Map<String, Long> lag = waiting.get();
    Map<String, Long> answered = judged.get();
    long now = nanos.getAsLong();
    double oldest = 0;
    sights.keySet().retainAll(answered.keySet());
    for (Map.Entry<String, Long> place : answered.entrySet()) {
      Deque<Sight> seen = sights.computeIfAbsent(place.getKey(), first -> new ArrayDeque<>());
      long next = place.getValue() + 1;
      long behind = lag.getOrDefault(place.getKey(), 0L);
      seen.addLast(new Sight(now, next + behind));
      // What the end was when the next record had already come: the first such look dates it.
      while (seen.size() > SIGHTS || seen.getFirst().end() <= next && seen.size() > 1) {
        seen.removeFirst();
      }
      if (behind > 0) {
        oldest = Math.max(oldest, (now - seen.getFirst().at()) / 1e9);
      }
    }
    return oldest;
  }

  /** Records not fetched, by topic/partition; 0 is left out. */
  static Map<String, Long> records(Topics topics, List<KafkaStreams> applications) {
    Map<String, Long> lag = new HashMap<>();
    for (KafkaStreams streams : applications) {
      for (Metric metric : streams.metrics().values()) {
        Map<String, String> tags = metric.metricName().tags();
        if (metric.metricName().name().equals("records-lag")
            && topics.watches(tags.getOrDefault("topic", ""))
            && metric.metricValue() instanceof Double records
            && records > 0) {
          lag.put(tags.get("topic") + "/" + tags.get("partition"), Math.round(records));
        }
      }
    }
    return lag;
  }
}
