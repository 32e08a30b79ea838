package io.kelbo.topology;

import io.kelbo.format.AvroWritten;
import io.kelbo.format.CompletedAvro;
import io.kelbo.model.Imputation;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input record with its missing fields filled in, in the form and schema that it came in.
 *
 * @param value null where nothing could be filled
 * @param imputations those that are in the value
 */
record Completion(byte @Nullable [] value, List<Imputation> imputations) {
  private static final Completion NOTHING = new Completion(null, List.of());

  static Completion of(Arrived arrived, List<Imputation> imputations) {
    if (imputations.isEmpty()) {
      return NOTHING;
    }
    try {
      if (arrived.content().written() instanceof AvroWritten avro) {
        CompletedAvro record = new CompletedAvro(avro, arrived.value());
        List<Imputation> filled =
            imputations.stream().filter(i -> record.fill(i.field(), i.value())).toList();
        return filled.isEmpty() ? NOTHING : new Completion(record.write(), filled);
      }
      return new Completion(CompletedJson.write(arrived.value(), imputations), imputations);
    } catch (IOException readBefore) {
      throw new IllegalStateException("a record that was read cannot be completed", readBefore);
    }
  }
}
