package io.kelbo.context;

import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.Observation;
import io.kelbo.record.Source;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Records of one entity with a quantity, a flag and a category, holes and repeats among them. */
final class Stream {
  static final Fields FIELDS =
      new Fields(
          List.of(
              new Field("pressure", FieldKind.QUANTITY),
              new Field("valve", FieldKind.FLAG),
              new Field("mode", FieldKind.CATEGORY)));
  static final Recent RECENT = new Recent(FIELDS.size());

  private final Random random = new Random(12);
  private long offset;

  static Incoming record(long offset, long millis, double pressure, @Nullable String mode) {
    return new Incoming(
        "pump-1",
        Instant.ofEpochMilli(millis),
        new Source("plant", 3, offset),
        new Observation(
            FIELDS, new double[] {pressure, offset % 2, 0}, new String[] {null, null, mode}));
  }

  Incoming next() {
    double pressure = random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian();
    String mode = random.nextInt(5) == 0 ? null : "mode-" + random.nextInt(4);
    return record(offset, 1_000 * offset++, pressure, mode);
  }
}
