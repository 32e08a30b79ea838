package io.kelbo.format;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A place in Avro's binary encoding (https://avro.apache.org/docs/1.12.0/specification/). The bytes
 * come from strangers: every length is held against what is left before anything is made.
 */
final class AvroBytes {
  private final byte[] bytes;
  private int at;
  private long items;

  AvroBytes(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  int place() {
    return at;
  }

  /** A zigzag number of at most {@code bits} bits. */
  long number(int bits) throws UnreadableRecord {
    long raw = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at >= bytes.length) {
        throw broken("ends inside a number");
      }
      byte next = bytes[at++];
      raw |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        long number = (raw >>> 1) ^ -(raw & 1);
        if (bits == 32 && number != (int) number) {
          throw broken("has an int of more than 32 bits");
        }
        return number;
      }
    }
    throw broken("has a number of more than ten bytes");
  }

  boolean flag() throws UnreadableRecord {
    need(1);
    byte flag = bytes[at++];
    if (flag != 0 && flag != 1) {
      throw broken("has a boolean that is neither 0 nor 1");
    }
    return flag == 1;
  }

  double single() throws UnreadableRecord {
    need(Float.BYTES);
    float number = ByteBuffer.wrap(bytes, at, 4).order(ByteOrder.LITTLE_ENDIAN).getFloat();
    at += Float.BYTES;
    // By its text: 0.1f is 0.1 to people, not 0.10000000149011612.
    return Float.isFinite(number) ? Double.parseDouble(Float.toString(number)) : Double.NaN;
  }

  double dual() throws UnreadableRecord {
    need(Double.BYTES);
    double number = ByteBuffer.wrap(bytes, at, 8).order(ByteOrder.LITTLE_ENDIAN).getDouble();
    at += Double.BYTES;
    return number;
  }

  String text() throws UnreadableRecord {
    int length = length();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  byte[] block(int length) throws UnreadableRecord {
    need(length);
    byte[] block = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return block;
  }

  /** The length of the bytes that follow. */
  int length() throws UnreadableRecord {
    long length = number(64);
    need(length);
    return (int) length;
  }

  void skip(long length) throws UnreadableRecord {
    need(length);
    at += (int) length;
  }

  /**
   * How many items the next block of an array or map has; 0 at its end. Items may take no byte, so
   * that their number alone must be bounded.
   */
  long items() throws UnreadableRecord {
    long count = number(64);
    if (count < 0) {
      number(64); // the block's bytes, which nobody needs
      count = -count;
    }
    items += count;
    if (count < 0 || items < 0 || items > bytes.length + 10_000L) {
      throw broken("has an array or map of more items than its bytes can hold");
    }
    return count;
  }

  UnreadableRecord broken(String what) {
    return new UnreadableRecord(
        Reason.NOT_AVRO,
        "the record %s (byte %d of %d); it was not written with this schema, or it is cut"
            .formatted(what, at, bytes.length));
  }

  private void need(long length) throws UnreadableRecord {
    if (length < 0 || length > bytes.length - at) {
      throw broken("says that %d bytes follow".formatted(length));
    }
  }
}
