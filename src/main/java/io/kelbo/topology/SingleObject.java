package io.kelbo.topology;

import io.kelbo.format.AvroLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MissingSchemaException;

/**
 * Avro's single-object encoding of one of our schemas: marker, fingerprint, body. It needs no
 * registry, and bytes of another schema are told apart. Safe for use by several threads.
 */
final class SingleObject {
  static {
    AvroLimits.lower();
  }

  private final Schema schema;
  private final BinaryMessageEncoder<GenericRecord> encoder;
  private final BinaryMessageDecoder<GenericRecord> decoder;

  private SingleObject(Schema schema) {
    this.schema = schema;
    this.encoder = new BinaryMessageEncoder<>(new GenericData(), schema);
    this.decoder = new BinaryMessageDecoder<>(new GenericData(), schema);
  }

  /** The encoding of {@code schemas/<name>.avsc}. */
  static SingleObject of(String name) {
    String path = "/schemas/" + name + ".avsc";
    try (InputStream in = SingleObject.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            "schema '%s' is not on the class path; the jar is damaged, build it again"
                .formatted(path));
      }
      return new SingleObject(new Schema.Parser().parse(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  Schema schema() {
    return schema;
  }

  byte[] encode(GenericRecord record) {
    try {
      java.nio.ByteBuffer buffer = encoder.encode(record);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
  }

  /**
   * @throws IOException if the bytes are not of this schema
   */
  GenericRecord decode(byte[] bytes) throws IOException {
    try {
      return decoder.decode(bytes, null);
    } catch (MissingSchemaException otherSchema) {
      throw new IOException(
          "it is no '%s' of this Kelbo's format (%s): run the newer version that wrote it"
              .formatted(schema.getName(), otherSchema.getMessage()),
          otherSchema);
    } catch (AvroRuntimeException
        | UnsupportedOperationException
        | IndexOutOfBoundsException
        | NegativeArraySizeException notThisSchema) {
      // Avro throws all of these at lengths that lie.
      throw new IOException(notThisSchema.getMessage(), notThisSchema);
    }
  }

  /** Microseconds since 1970; times that have no such number become the nearest that has. */
  static long micros(Instant time) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    } catch (ArithmeticException outOfRange) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
