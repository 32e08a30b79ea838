package io.kelbo.topology;

import io.kelbo.format.AvroBody;
import io.kelbo.format.AvroWritten;
import io.kelbo.format.FormatSettings;
import io.kelbo.format.Formats;
import io.kelbo.format.Framing;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.WireForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Avro for {@link Fuzz}: a schema that contains itself, with all that has a length of its own, read
 * whole and with all but one field stepped over.
 */
final class AvroFuzz {
  private static final int MOST_BYTES = 1_000_000;
  private static final Schema TREE =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Tree", "fields": [
               {"name": "value", "type": "double"},
               {"name": "count", "type": ["null", "long", {"type": "enum", "name": "E", "symbols": ["a", "b"]}]},
               {"name": "tags", "type": {"type": "map", "values": ["null", "string", "float"]}},
               {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
               {"name": "below", "type": {"type": "array", "items": "Tree"}},
               {"name": "last", "type": "int"}]}
              """);

  private AvroFuzz() {}

  static List<Fuzz.Target> targets() {
    List<byte[]> good = new ArrayList<>();
    AvroWritten as = new AvroWritten(Framing.PLAIN, TREE, 0);
    for (int depth = 0; depth < 5; depth++) {
      good.add(AvroBody.write(as, tree(depth)));
    }
    Formats formats = formats();
    WireForm whole = formats.whole(MOST_BYTES);
    WireForm projected = formats.reading(List.of("last"), true, MOST_BYTES);
    return List.of(
        new Fuzz.Target("avro", good, whole::read, List.of(UnreadableRecord.class)),
        new Fuzz.Target("avro-projected", good, projected::read, List.of(UnreadableRecord.class)));
  }

  private static GenericRecord tree(int depth) {
    GenericRecord tree = new GenericData.Record(TREE);
    tree.put("value", depth * 1.5);
    tree.put("count", depth % 2 == 0 ? null : (Object) (1L << (8 * depth)));
    tree.put("tags", Map.of("site", "north", "level", 2f));
    tree.put("price", ByteBuffer.wrap(new byte[] {1, 2, (byte) depth}));
    tree.put("below", depth == 0 ? List.of() : List.of(tree(depth - 1), tree(depth - 1)));
    tree.put("last", -depth);
    return tree;
  }

  private static Formats formats() {
    try {
      Path file = Files.createTempFile("kelbo-fuzz", ".avsc");
      try {
        Files.writeString(file, TREE.toString());
        return new Formats(new FormatSettings("avro", file, null, null, "auto"));
      } finally {
        Files.delete(file);
      }
    } catch (IOException noDisk) {
      throw new UncheckedIOException(noDisk);
    }
  }
}
