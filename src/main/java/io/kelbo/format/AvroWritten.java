package io.kelbo.format;

import io.kelbo.record.WireForm;
import org.apache.avro.Schema;

/**
 * A record that was written as Avro.
 *
 * @param framing what stands before the body
 * @param schema the writer's
 * @param id how the framing calls the schema: a registry's id, a fingerprint, or 0
 */
public record AvroWritten(Framing framing, Schema schema, long id) implements WireForm.Written {
  @Override
  public String format() {
    return framing.word();
  }

  /** Names the schema to people. */
  public String name() {
    return switch (framing) {
      case CONFLUENT -> "%s (id %d)".formatted(schema.getFullName(), id);
      case SINGLE_OBJECT -> "%s (fingerprint %016x)".formatted(schema.getFullName(), id);
      case PLAIN -> schema.getFullName();
    };
  }
}
