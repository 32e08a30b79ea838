package io.kelbo.topology;

import io.kelbo.record.Source;
import io.kelbo.record.UnreadableRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record set aside: raw key and value, and why. Long ones are cut, and say so.
 *
 * @param time the record's own timestamp, in ms
 * @param reason from a closed set, such as {@code not_json} or {@code unexpected}
 */
record DeadLetter(
    Source source,
    long time,
    byte @Nullable [] key,
    byte @Nullable [] value,
    String reason,
    String message) {
  /** Header that says how many bytes the value had before it was cut. */
  static final String CUT = "kelbo.cut";

  static final int MAX_BYTES = 512_000;

  static DeadLetter of(UnreadableRecord unreadable, Origin origin, byte[] value) {
    return new DeadLetter(
        origin.source(),
        origin.time(),
        origin.key(),
        value,
        unreadable.reason().word(),
        String.valueOf(unreadable.getMessage()));
  }

  byte @Nullable [] keptKey() {
    return kept(key);
  }

  byte @Nullable [] keptValue() {
    return kept(value);
  }

  /** The record's own headers, and ours. */
  Headers headers(Headers original) {
    Headers headers = new RecordHeaders(original);
    put(headers, "kelbo.reason", reason);
    put(headers, "kelbo.message", message);
    put(headers, "kelbo.topic", source.topic());
    put(headers, "kelbo.partition", Integer.toString(source.partition()));
    put(headers, "kelbo.offset", Long.toString(source.offset()));
    put(headers, "kelbo.time", Instant.ofEpochMilli(time).toString());
    if (value != null && value.length > MAX_BYTES) {
      put(headers, CUT, Integer.toString(value.length));
    }
    return headers;
  }

  private static byte @Nullable [] kept(byte @Nullable [] bytes) {
    return bytes == null || bytes.length <= MAX_BYTES ? bytes : Arrays.copyOf(bytes, MAX_BYTES);
  }

  private static void put(Headers headers, String name, String text) {
    headers.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
