package io.kelbo.record;

/** What tells which entity a record is about. */
public sealed interface EntityRule {
  /** The record key, as UTF-8 text; a record without a key belongs to its partition. */
  record Key() implements EntityRule {}

  /** A field of the record, by dotted path; the stream is repartitioned by it. */
  record Path(String path) implements EntityRule {}

  /** One entity for each partition: neither key nor field tells entities apart. */
  record Partition() implements EntityRule {}

  /** The word for configuration and output: {@code key}, {@code partition}, or the path. */
  default String word() {
    if (this instanceof Path path) {
      return path.path();
    }
    return this instanceof Key ? "key" : "partition";
  }

  /** Reads {@link #word}. */
  static EntityRule of(String word) {
    return switch (word) {
      case "key" -> new Key();
      case "partition" -> new Partition();
      default -> new Path(word);
    };
  }
}
