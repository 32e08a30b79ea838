package io.kelbo.topology;

import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
import io.kelbo.model.Snapshots;
import io.kelbo.model.UnreadableSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A published model; the value under {@code segment/version} on {@code models}. What people ask
 * about it stands beside the body, so that a list needs no decoding.
 *
 * @param body {@link Snapshots}' bytes; not copied, not to be changed
 */
public record ModelSnapshot(
    ModelId id,
    Instant createdAt,
    Instant learnedFrom,
    Instant learnedTo,
    long records,
    long seed,
    String method,
    @Nullable Integer parent,
    byte[] body) {
  private static final SingleObject AVRO = SingleObject.of("ModelSnapshot");

  public static ModelSnapshot of(Model model) {
    Provenance origin = model.provenance();
    return new ModelSnapshot(
        model.id(),
        origin.trainedAt(),
        origin.from(),
        origin.to(),
        origin.records(),
        origin.seed(),
        origin.method(),
        origin.parent(),
        Snapshots.write(model));
  }

  /** The key on {@code models}: {@code segment/version}. */
  public static String key(ModelId id) {
    return id.segment() + "/" + id.version();
  }

  public byte[] write() {
    GenericRecord record = new GenericData.Record(AVRO.schema());
    record.put("segment", id.segment());
    record.put("version", id.version());
    record.put("created_at", SingleObject.micros(createdAt));
    record.put("learned_from", SingleObject.micros(learnedFrom));
    record.put("learned_to", SingleObject.micros(learnedTo));
    record.put("records", records);
    record.put("seed", seed);
    record.put("method", method);
    record.put("parent", parent);
    record.put("body", ByteBuffer.wrap(body));
    return AVRO.encode(record);
  }

  /**
   * @throws IOException if the bytes are not a snapshot's
   */
  public static ModelSnapshot read(byte[] bytes) throws IOException {
    try {
      return read(AVRO.decode(bytes));
    } catch (IllegalArgumentException impossible) {
      throw new IOException(impossible.getMessage(), impossible);
    }
  }

  private static ModelSnapshot read(GenericRecord record) {
    ByteBuffer buffer = (ByteBuffer) record.get("body");
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    return new ModelSnapshot(
        new ModelId(record.get("segment").toString(), (int) record.get("version")),
        SingleObject.instant((long) record.get("created_at")),
        SingleObject.instant((long) record.get("learned_from")),
        SingleObject.instant((long) record.get("learned_to")),
        (long) record.get("records"),
        (long) record.get("seed"),
        record.get("method").toString(),
        (Integer) record.get("parent"),
        body);
  }

  /**
   * @throws UnreadableSnapshot if the body is corrupt or of a newer Kelbo
   */
  public Model model() throws UnreadableSnapshot {
    return Snapshots.read(body);
  }
}
