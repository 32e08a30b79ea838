package io.kelbo.topology;

import io.kelbo.record.Source;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where a record came from, carried in headers through the repartition topic.
 *
 * @param time the record's own timestamp, in ms
 */
record Origin(Source source, byte @Nullable [] key, long time) {
  private static final String TOPIC = "kelbo.origin.topic";
  private static final String PARTITION = "kelbo.origin.partition";
  private static final String OFFSET = "kelbo.origin.offset";
  private static final String KEY = "kelbo.origin.key";
  private static final String TIME = "kelbo.origin.time";

  void write(Headers headers) {
    erase(headers);
    headers.add(TOPIC, source.topic().getBytes(StandardCharsets.UTF_8));
    headers.add(PARTITION, GuardedTimestamps.bytes(source.partition()));
    headers.add(OFFSET, GuardedTimestamps.bytes(source.offset()));
    headers.add(TIME, GuardedTimestamps.bytes(time));
    if (key != null) {
      headers.add(KEY, key);
    }
  }

  /** What {@link #write} wrote, or null where it wrote nothing. */
  static @Nullable Origin read(Headers headers) {
    Header topic = headers.lastHeader(TOPIC);
    if (topic == null || topic.value() == null) {
      return null;
    }
    Header key = headers.lastHeader(KEY);
    return new Origin(
        new Source(
            new String(topic.value(), StandardCharsets.UTF_8),
            (int) number(headers, PARTITION),
            number(headers, OFFSET)),
        key == null ? null : key.value(),
        number(headers, TIME));
  }

  static Headers erase(Headers headers) {
    return headers.remove(TOPIC).remove(PARTITION).remove(OFFSET).remove(KEY).remove(TIME);
  }

  private static long number(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return GuardedTimestamps.number(header == null ? null : header.value(), 0);
  }
}
