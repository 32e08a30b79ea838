package io.kelbo.format;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What a logical type makes of the number or bytes below it: times and dates become ISO-8601 text,
 * times of day seconds, decimals numbers, durations three numbers. {@code NONE} leaves numbers as
 * they are, and bytes out.
 */
enum LogicalLeaf {
  NONE,
  DATE,
  DAY_MILLIS,
  DAY_MICROS,
  MILLIS,
  MICROS,
  NANOS,
  LOCAL_MILLIS,
  LOCAL_MICROS,
  LOCAL_NANOS,
  DECIMAL,
  BIG_DECIMAL,
  DURATION,
  UUID_BYTES;

  /** 1,000 digits, as in JSON. */
  static final int MAX_DECIMAL_BYTES = 416;

  static LogicalLeaf of(Schema schema) {
    LogicalType logical = LogicalTypes.fromSchemaIgnoreInvalid(schema);
    if (logical == null) {
      return NONE;
    }
    return switch (logical.getName()) {
      case "date" -> DATE;
      case "time-millis" -> DAY_MILLIS;
      case "time-micros" -> DAY_MICROS;
      case "timestamp-millis" -> MILLIS;
      case "timestamp-micros" -> MICROS;
      case "timestamp-nanos" -> NANOS;
      case "local-timestamp-millis" -> LOCAL_MILLIS;
      case "local-timestamp-micros" -> LOCAL_MICROS;
      case "local-timestamp-nanos" -> LOCAL_NANOS;
      case "decimal" -> DECIMAL;
      case "big-decimal" -> BIG_DECIMAL;
      case "duration" -> DURATION;
      case "uuid" -> schema.getType() == Schema.Type.FIXED ? UUID_BYTES : NONE;
      default -> NONE;
    };
  }

  /** Of an int or long. */
  Object of(long number) {
    return switch (this) {
      case DATE -> LocalDate.ofEpochDay(number).toString();
      case DAY_MILLIS -> number / 1e3;
      case DAY_MICROS -> number / 1e6;
      case MILLIS -> instant(number, 1_000).toString();
      case MICROS -> instant(number, 1_000_000).toString();
      case NANOS -> instant(number, 1_000_000_000).toString();
      case LOCAL_MILLIS -> local(number, 1_000);
      case LOCAL_MICROS -> local(number, 1_000_000);
      case LOCAL_NANOS -> local(number, 1_000_000_000);
      default -> (double) number;
    };
  }

  /** Of the 16 bytes that a schema makes sure of. */
  static String uuid(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new UUID(in.getLong(), in.getLong()).toString();
  }

  private static Instant instant(long number, long perSecond) {
    return Instant.ofEpochSecond(
        Math.floorDiv(number, perSecond),
        Math.floorMod(number, perSecond) * (1_000_000_000L / perSecond));
  }

  private static String local(long number, long perSecond) {
    return LocalDateTime.ofInstant(instant(number, perSecond), ZoneOffset.UTC).toString();
  }
}
