package io.kelbo.topology;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.jspecify.annotations.Nullable;

/**
 * Gives Kafka Streams times that its clocks may follow: never an error, never negative, guarded
 * against a record from far ahead. A time that was replaced travels on in a header. One instance
 * serves all threads.
 */
final class GuardedTimestamps implements TimestampExtractor {
  private static final String OWN_TIME = "kelbo.own-time";

  private final Map<TopicPartition, ClockGuard> guards = new ConcurrentHashMap<>();
  private final InstantSource clock;

  GuardedTimestamps(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    ClockGuard guard =
        guards.computeIfAbsent(
            new TopicPartition(record.topic(), record.partition()),
            partition -> new ClockGuard(partitionTime, clock.millis()));
    long admitted = guard.admit(record.timestamp());
    record.headers().remove(OWN_TIME);
    if (admitted != record.timestamp()) {
      record.headers().add(OWN_TIME, bytes(record.timestamp()));
    }
    return admitted;
  }

  /** The time that the record itself bears, in ms. */
  static long ownTime(Headers headers, long admitted) {
    Header own = headers.lastHeader(OWN_TIME);
    return own == null ? admitted : number(own.value(), admitted);
  }

  static Headers erase(Headers headers) {
    return headers.remove(OWN_TIME);
  }

  static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long number(byte @Nullable [] bytes, long otherwise) {
    return bytes == null || bytes.length != Long.BYTES
        ? otherwise
        : ByteBuffer.wrap(bytes).getLong();
  }
}
