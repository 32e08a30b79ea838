package io.kelbo.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Whole Avro records behind a framing: our own, and those that are completed. */
public final class AvroBody {
  private AvroBody() {}

  /** A record as bytes, its framing first. */
  public static byte[] write(AvroWritten written, GenericRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try {
      out.write(written.framing().prefix(written.id()));
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(written.schema(), new GenericData())
          .write(record, encoder);
      encoder.flush();
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
    return out.toByteArray();
  }

  /**
   * A record as its writer wrote it.
   *
   * @throws IOException if the bytes are not of the schema
   */
  public static GenericRecord read(AvroWritten written, byte[] value) throws IOException {
    return read(written, written.schema(), value);
  }

  /**
   * A record as a reader's schema has it.
   *
   * @throws IOException if the bytes are not of the schema, or the two do not go together
   */
  public static GenericRecord read(AvroWritten written, Schema reader, byte[] value)
      throws IOException {
    int from = written.framing().bytes();
    try {
      return new GenericDatumReader<GenericRecord>(written.schema(), reader, new GenericData())
          .read(null, DecoderFactory.get().binaryDecoder(value, from, value.length - from, null));
    } catch (AvroRuntimeException | ArrayIndexOutOfBoundsException notThisSchema) {
      throw new IOException(notThisSchema.getMessage(), notThisSchema);
    }
  }
}
