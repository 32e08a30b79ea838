package io.kelbo.topology;

import io.kelbo.record.Incoming;
import io.kelbo.record.WireForm;
import java.util.Map;

/**
 * A record that could be read, where it came from, and the bytes it was read from.
 *
 * @param content all that was read, not only what is learned from
 * @param newcomers leaves of fields that no model knows yet, by path
 */
record Arrived(
    Incoming incoming,
    Origin origin,
    byte[] value,
    WireForm.Content content,
    Map<String, Object> newcomers) {
  Arrived with(Map<String, Object> found) {
    return new Arrived(incoming, origin, value, content, found);
  }
}
