package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/** How the topics that Kelbo creates are made. What is there already is left as it is. */
final class NewTopics {
  private static final long SAMPLES_BYTES = 1L << 30;
  private static final int SAMPLES_SEGMENT_BYTES = 64 << 20;

  private final Topics topics;
  private final int partitions;
  private final int requestBytes;

  /**
   * @param partitions of the input: its answers have as many
   * @param requestBytes the largest record that our producers send
   */
  NewTopics(Topics topics, int partitions, int requestBytes) {
    this.topics = topics;
    this.partitions = partitions;
    this.requestBytes = requestBytes;
  }

  NewTopic wanted(String topic) {
    boolean compacted = topics.compacted().contains(topic);
    boolean single = compacted || topic.equals(topics.lifecycle());
    Map<String, String> config = compacted ? compaction() : stamped(topic);
    if (topic.equals(topics.imputed()) || topic.equals(topics.samples())) {
      // A completed record is longer than the one that came in; a sample is of 32 records.
      config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(requestBytes));
    }
    return new NewTopic(topic, Optional.of(single ? 1 : partitions), Optional.empty())
        .configs(config);
  }

  private static Map<String, String> compaction() {
    return new HashMap<>(
        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  private Map<String, String> stamped(String topic) {
    Map<String, String> config = new HashMap<>();
    if (!topic.equals(topics.samples())) {
      // Retention by time goes by a topic's timestamps. With the records' own, the answers to last
      // month's records would be deleted as they are written; each says its record's time itself.
      config.put(
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.toString());
      return config;
    }
    // Training goes by the records' own times, so here age cannot bound the topic: its size does,
    // and size alone begins a new segment, since the records' times may leap by years.
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.CREATE_TIME.toString());
    config.put(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
    config.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
    config.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    config.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(SAMPLES_BYTES));
    config.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SAMPLES_SEGMENT_BYTES));
    config.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(Long.MAX_VALUE));
    return config;
  }
}
