package io.kelbo.topology;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.format.AvroBody;
import io.kelbo.format.AvroWritten;
import io.kelbo.format.Formats;
import io.kelbo.format.Framing;
import io.kelbo.format.Registry;
import io.kelbo.format.SchemaJson;
import io.kelbo.record.UnreadableRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads a value of one of our topics in whichever form it was written, as the JSON of its schema: a
 * topic may hold both, after {@code output.format} was changed.
 */
public final class OutputReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SingleObject ours;
  private final Formats formats;

  /**
   * @param schema the name of the file in {@code schemas/}, such as {@code Verdict}
   */
  public OutputReader(String schema, Formats formats) {
    this.ours = SingleObject.of(schema);
    this.formats = formats;
  }

  /**
   * The value as JSON; what is JSON already comes back as it is.
   *
   * @throws IOException if it is Avro of a schema that cannot be had
   */
  public byte[] json(byte[] value) throws IOException {
    if (value.length > 5 && value[0] == 0) {
      return bytes(confluent(value));
    }
    if (value.length > 10 && value[0] == (byte) 0xC3 && value[1] == 1) {
      return bytes(ours.decode(value));
    }
    return value;
  }

  private GenericRecord confluent(byte[] value) throws IOException {
    Registry registry = formats.registry();
    if (registry == null) {
      throw new IOException(
          "the value has a registry's schema id but registry.urls is not set; name the registry");
    }
    int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    try {
      Schema writer = registry.schema(id);
      return AvroBody.read(new AvroWritten(Framing.CONFLUENT, writer, id), ours.schema(), value);
    } catch (UnreadableRecord unknown) {
      throw new IOException(unknown.getMessage(), unknown);
    }
  }

  private static byte[] bytes(GenericRecord record) throws IOException {
    return JSON.writeValueAsBytes(SchemaJson.json(record));
  }
}
