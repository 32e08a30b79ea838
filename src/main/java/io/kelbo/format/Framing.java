package io.kelbo.format;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What stands before the body of an Avro record, and says which schema it was written with. */
public enum Framing {
  /** A zero byte and the registry's four-byte id. */
  CONFLUENT("avro-confluent", 5),
  /** Two marker bytes and the schema's CRC-64-AVRO fingerprint, little-endian. */
  SINGLE_OBJECT("avro-single-object", 10),
  /** Nothing: there is one schema, known beforehand. */
  PLAIN("avro", 0);

  private static final byte[] MARKER = {(byte) 0xC3, 1};

  private final String word;
  private final int bytes;

  Framing(String word, int bytes) {
    this.word = word;
    this.bytes = bytes;
  }

  /** The word of {@code input.format}. */
  public String word() {
    return word;
  }

  /** How many bytes it takes. */
  public int bytes() {
    return bytes;
  }

  /** Whether a record begins like this; any does without framing. */
  boolean begins(byte[] value) {
    return switch (this) {
      case CONFLUENT -> value.length > 0 && value[0] == 0;
      case SINGLE_OBJECT -> value.length > 1 && value[0] == MARKER[0] && value[1] == MARKER[1];
      case PLAIN -> true;
    };
  }

  /**
   * How the record calls its schema.
   *
   * @throws UnreadableRecord if it does not begin so
   */
  long id(byte[] value) throws UnreadableRecord {
    if (!begins(value) || value.length < bytes) {
      throw new UnreadableRecord(
          Reason.NOT_AVRO,
          "the record of %d bytes does not begin as input.format '%s' does: %s"
              .formatted(
                  value.length,
                  word,
                  this == CONFLUENT
                      ? "a zero byte and a four-byte schema id"
                      : "the bytes C3 01 and an eight-byte fingerprint"));
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    return switch (this) {
      case CONFLUENT -> in.getInt(1);
      case SINGLE_OBJECT -> in.order(ByteOrder.LITTLE_ENDIAN).getLong(2);
      case PLAIN -> 0;
    };
  }

  /** The bytes that call a schema so. */
  byte[] prefix(long id) {
    ByteBuffer out = ByteBuffer.allocate(bytes);
    switch (this) {
      case CONFLUENT -> out.put((byte) 0).putInt((int) id);
      case SINGLE_OBJECT -> out.put(MARKER).order(ByteOrder.LITTLE_ENDIAN).putLong(id);
      case PLAIN -> {
        // nothing to say
      }
    }
    return out.array();
  }
}
