package io.kelbo.record;

import java.util.Map;

/** How values are written: bytes in, leaves by dotted path out. Safe for use by several threads. */
public interface WireForm {
  /**
   * Leaves in the order of the record: {@code Double}, {@code Boolean} or {@code String} by dotted
   * path, elements of arrays by index ({@code a.0}), of maps by key. Nulls and numbers that are not
   * finite are left out.
   *
   * @throws UnreadableRecord with its reason
   */
  Content read(byte[] value) throws UnreadableRecord;

  /**
   * What a record says.
   *
   * @param written how it was written, to answer in kind
   */
  record Content(Map<String, Object> leaves, Written written) {}

  /** How one record was written. */
  interface Written {
    /** JSON, which says nothing of schemas. */
    Written JSON = () -> "json";

    /** The word of {@code input.format}: {@code json}, {@code avro-confluent}, … */
    String format();
  }

  /** JSON objects. */
  static WireForm json(int maxBytes) {
    return value -> new Content(JsonRecords.flatten(value, maxBytes), Written.JSON);
  }
}
