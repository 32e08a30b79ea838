package io.kelbo.topology;

import java.io.IOException;
import java.time.Instant;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Which version of a segment scores; the value under the segment's key on {@code models}. */
public record Champion(int version, Instant at, String reason) {
  private static final SingleObject AVRO = SingleObject.of("Champion");

  public byte[] write() {
    GenericRecord record = new GenericData.Record(AVRO.schema());
    record.put("version", version);
    record.put("at", SingleObject.micros(at));
    record.put("reason", reason);
    return AVRO.encode(record);
  }

  /**
   * @throws IOException if the bytes are not a champion's
   */
  public static Champion read(byte[] bytes) throws IOException {
    GenericRecord record = AVRO.decode(bytes);
    return new Champion(
        (int) record.get("version"),
        SingleObject.instant((long) record.get("at")),
        record.get("reason").toString());
  }
}
