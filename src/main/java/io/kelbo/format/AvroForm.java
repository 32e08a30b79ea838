package io.kelbo.format;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import io.kelbo.record.WireForm;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** Avro records of one framing; each writer's schema is made ready once. */
final class AvroForm implements WireForm {
  // A stream of ever new schemas must not fill the memory.
  private static final int MOST_PLANS = 1_000;

  private final Framing framing;
  private final Schemas schemas;
  private final Paths known;
  private final boolean onlyKnown;
  private final int maxBytes;
  private final Map<Long, Ready> ready = new ConcurrentHashMap<>();

  private record Ready(AvroWritten written, AvroPlan plan) {}

  /**
   * @param known paths that are known, for names that were given up
   * @param onlyKnown whether all other fields are stepped over
   */
  AvroForm(Framing framing, Schemas schemas, Paths known, boolean onlyKnown, int maxBytes) {
    this.framing = framing;
    this.schemas = schemas;
    this.known = known;
    this.onlyKnown = onlyKnown;
    this.maxBytes = maxBytes;
  }

  @Override
  public Content read(byte[] value) throws UnreadableRecord {
    if (value.length > maxBytes) {
      throw new UnreadableRecord(
          Reason.TOO_LARGE,
          "the record has %,d bytes, more than input.max-bytes '%d' allows"
              .formatted(value.length, maxBytes));
    }
    long id = framing.id(value);
    Ready with = ready.get(id);
    if (with == null) {
      with = made(id);
    }
    return new Content(with.plan().read(value, framing.bytes()), with.written());
  }

  private Ready made(long id) throws UnreadableRecord {
    Schema schema = schemas.schema(id);
    if (schema.getType() != Schema.Type.RECORD) {
      throw new UnreadableRecord(
          Reason.NOT_AN_OBJECT,
          "the record's schema is of type '%s' but must be a record"
              .formatted(schema.getType().getName()));
    }
    Ready made =
        new Ready(new AvroWritten(framing, schema, id), new AvroPlan(schema, known, onlyKnown));
    if (ready.size() >= MOST_PLANS) {
      ready.clear();
    }
    ready.put(id, made);
    return made;
  }
}
