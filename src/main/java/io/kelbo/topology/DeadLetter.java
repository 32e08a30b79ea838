package io.kelbo.topology;

import io.kelbo.record.Source;
import io.kelbo.record.UnreadableRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
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

  // With these the whole stays below 1 MB, which a topic takes by default: a letter that its topic
  // refuses would end the application, at each start again.
  private static final int MAX_OTHER_BYTES = 100_000;
  private static final int MAX_MESSAGE = 1_000;

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
    return kept(key, MAX_OTHER_BYTES);
  }

  byte @Nullable [] keptValue() {
    return kept(value, MAX_BYTES);
  }

  /** The record's own headers, if they are not too many, and ours. */
  Headers headers(Headers original) {
    Headers headers = Origin.erase(GuardedTimestamps.erase(new RecordHeaders(original)));
    int bytes = 0;
    for (Header header : headers) {
      // A length in front of each name and value takes up to five bytes.
      bytes +=
          header.key().length() * 3 + 10 + (header.value() == null ? 0 : header.value().length);
    }
    if (bytes > MAX_OTHER_BYTES) {
      headers = new RecordHeaders();
      put(headers, "kelbo.cut_headers", Integer.toString(bytes));
    }
    put(headers, "kelbo.reason", reason);
    put(headers, "kelbo.message", message.substring(0, Math.min(message.length(), MAX_MESSAGE)));
    put(headers, "kelbo.topic", source.topic());
    put(headers, "kelbo.partition", Integer.toString(source.partition()));
    put(headers, "kelbo.offset", Long.toString(source.offset()));
    put(headers, "kelbo.time", Instant.ofEpochMilli(time).toString());
    if (key != null && key.length > MAX_OTHER_BYTES) {
      put(headers, "kelbo.cut_key", Integer.toString(key.length));
    }
    if (value != null && value.length > MAX_BYTES) {
      put(headers, CUT, Integer.toString(value.length));
    }
    return headers;
  }

  private static byte @Nullable [] kept(byte @Nullable [] bytes, int most) {
    return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
  }

  private static void put(Headers headers, String name, String text) {
    headers.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
