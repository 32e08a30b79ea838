package io.kelbo.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** How far an instance is behind its input. */
final class InputLag {
  private InputLag() {}

  /** Records that this instance's consumers have not fetched yet, by partition; 0 is left out. */
  static Map<Integer, Long> records(String topic, List<KafkaStreams> applications) {
    Map<Integer, Long> lag = new HashMap<>();
    for (KafkaStreams streams : applications) {
      for (Metric metric : streams.metrics().values()) {
        Map<String, String> tags = metric.metricName().tags();
        if (metric.metricName().name().equals("records-lag")
            && topic.equals(tags.get("topic"))
            && metric.metricValue() instanceof Double records
            && records > 0) {
          lag.put(Integer.valueOf(tags.get("partition")), Math.round(records));
        }
      }
    }
    return lag;
  }

  /**
   * Seconds since the newest answer's record was written, of the partition that is furthest behind;
   * 0 where nothing waits.
   *
   * @param judged Kafka timestamp of the record answered last, in ms, by partition
   */
  static double age(Map<Integer, Long> records, Map<Integer, Long> judged, long now) {
    return records.keySet().stream()
        .filter(judged::containsKey)
        .mapToDouble(partition -> Math.max(0, now - judged.get(partition)) / 1e3)
        .max()
        .orElse(0);
  }
}
