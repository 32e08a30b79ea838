package io.kelbo.format;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The {@code *.avsc} files of a folder, by fingerprint. A fingerprint that is not among them has
 * the folder looked through again, so that a file added later is found without a restart.
 */
final class SchemaFolder implements Schemas {
  private static final long AGAIN_NANOS = 5_000_000_000L;

  private final Path folder;
  private Map<Long, Schema> known;
  private long looked;

  /**
   * @throws IllegalArgumentException if the folder or one of its files cannot be read
   */
  SchemaFolder(Path folder) {
    this.folder = folder;
    this.known = look();
    this.looked = System.nanoTime();
  }

  @Override
  public synchronized Schema schema(long fingerprint) throws UnreadableRecord {
    if (!known.containsKey(fingerprint) && System.nanoTime() - looked > AGAIN_NANOS) {
      looked = System.nanoTime();
      try {
        known = look();
      } catch (IllegalArgumentException unreadable) {
        throw new SchemaUnavailable(String.valueOf(unreadable.getMessage()));
      }
    }
    Schema schema = known.get(fingerprint);
    if (schema == null) {
      throw new UnreadableRecord(
          Reason.UNKNOWN_SCHEMA,
          "the record's schema has the fingerprint '%016x' but none of the %d in schemas.dir '%s' has: add its .avsc file there"
              .formatted(fingerprint, known.size(), folder));
    }
    return schema;
  }

  /** One schema, in a file. */
  static Schema file(Path file) {
    try {
      return SchemaText.parse(Files.readString(file), List.of());
    } catch (IOException | AvroRuntimeException unreadable) {
      throw new IllegalArgumentException(
          "the schema file '%s' cannot be read (%s): name an Avro schema (.avsc) that is there"
              .formatted(file, unreadable.getMessage()),
          unreadable);
    }
  }

  private Map<Long, Schema> look() {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(file -> file.toString().endsWith(".avsc")).sorted().forEach(files::add);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "schemas.dir is '%s' but must be a folder that can be read (%s)"
              .formatted(folder, unreadable.getMessage()),
          unreadable);
    }
    Map<Long, Schema> found = new HashMap<>();
    for (Path file : files) {
      Schema schema = file(file);
      found.put(SchemaNormalization.parsingFingerprint64(schema), schema);
    }
    return found;
  }
}
