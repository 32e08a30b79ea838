package io.kelbo.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.WireForm;
import io.kelbo.topology.Fuzz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** What says how a record is to be read, for {@link Fuzz}: its first bytes, and a registry. */
public final class FormatFuzz {
  private static final int MOST_BYTES = 1_000_000;
  private static final String ROW =
      """
      {"type": "record", "name": "Row", "fields": [
       {"name": "x", "type": ["null", "long"]}, {"name": "tags", "type": {"type": "map", "values": "string"}},
       {"name": "took", "type": {"type": "fixed", "name": "D", "size": 12, "logicalType": "duration"}},
       {"name": "price", "type": {"type": "bytes", "logicalType": "big-decimal"}}]}
      """;
  private static final String TREE =
      """
      {"type": "record", "name": "Tree", "fields": [
       {"name": "x", "type": "int", "aliases": ["y"]},
       {"name": "mode", "type": {"type": "enum", "name": "E", "symbols": ["a", "b"]}},
       {"name": "below", "type": {"type": "array", "items": "Tree"}},
       {"name": "by", "type": {"type": "map", "values": ["null", "Tree"]}}]}
      """;

  private FormatFuzz() {}

  /**
   * @param json records
   */
  public static List<Fuzz.Target> targets(List<byte[]> json) {
    Schema row = new Schema.Parser().parse(ROW);
    WireForm auto = auto(row).whole(MOST_BYTES);
    long fingerprint = SchemaNormalization.parsingFingerprint64(row);
    List<byte[]> framed = new ArrayList<>(json);
    for (int length = 0; length < 40; length += 8) {
      framed.add(framed(fingerprint, length));
      framed.add(ByteBuffer.allocate(5 + length).put((byte) 0).putInt(7).array());
    }
    String answer =
        "{\"schema\": \"%s\", \"references\": []}"
            .formatted(TREE.replace("\n", " ").replace("\"", "\\\""));
    return List.of(
        new Fuzz.Target("framing", framed, auto::read, List.of(UnreadableRecord.class)),
        new Fuzz.Target(
            "registry",
            List.of(answer.getBytes(UTF_8), TREE.getBytes(UTF_8)),
            FormatFuzz::answer,
            List.of(AvroRuntimeException.class)));
  }

  /**
   * As a registry's answer is taken, and the schema that stands in it or is itself: parsed,
   * compared with the one before, made ready.
   */
  private static void answer(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    RegistryAnswer answer = new RegistryAnswer(200, text);
    String said = answer.says("schema") ? answer.json().path("schema").asText() : text;
    Schema schema = SchemaText.parse(said, List.of());
    SchemaDifference.between(TREE, schema);
    if (schema.getType() == Schema.Type.RECORD) {
      Paths known = Paths.of(List.of("y", "below.0.y", "below.1.below.0.y", "by.a.y"));
      new AvroPlan(schema, known, true);
      new AvroPlan(schema, known, false);
    }
  }

  private static byte[] framed(long fingerprint, int length) {
    return ByteBuffer.allocate(10 + length)
        .put((byte) 0xC3)
        .put((byte) 1)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(fingerprint)
        .array();
  }

  private static Formats auto(Schema schema) {
    try {
      Path folder = Files.createTempDirectory("kelbo-fuzz");
      // It is looked through again every five seconds, for what is not found.
      folder.toFile().deleteOnExit();
      Path file = Files.writeString(folder.resolve("row.avsc"), schema.toString());
      file.toFile().deleteOnExit();
      return new Formats(new FormatSettings("auto", null, folder, null, "auto"));
    } catch (IOException noDisk) {
      throw new UncheckedIOException(noDisk);
    }
  }
}
