package io.kelbo.topology;

import io.kelbo.format.AvroWritten;
import io.kelbo.format.FormatSettings;
import io.kelbo.format.Formats;
import io.kelbo.format.Framing;
import io.kelbo.format.HttpRegistry;
import io.kelbo.format.RegistrySettings;
import io.kelbo.model.Model;
import io.kelbo.record.Declared;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.avro.Schema;

/** Rows in Confluent's Avro for a {@link ScoringBench}, with their registry; answers are JSON. */
final class AvroInput implements AutoCloseable {
  private final HttpRegistry registry;

  AvroInput() throws IOException {
    registry = new HttpRegistry();
  }

  ScoringBench bench(Model model) {
    RegistrySettings settings =
        new RegistrySettings(List.of(registry.url()), null, null, null, null);
    Formats formats = new Formats(new FormatSettings("auto", null, null, settings, "json"));
    return new ScoringBench(model, ScoringBench.A_DAY, formats, Declared.nothing());
  }

  /** A schema under an id of its own. */
  AvroWritten written(Schema schema) {
    return new AvroWritten(Framing.CONFLUENT, schema, registry.add("p", schema.toString()));
  }

  /**
   * Sends rows a second apart, in turn for each pump.
   *
   * @param rows in JSON, by their number
   */
  static void send(ScoringBench bench, AvroWritten as, int from, int to, IntFunction<String> rows) {
    for (int row = from; row < to; row++) {
      bench.send(
          FirstModels.bytes(PlantRows.key(row)),
          AvroRows.bytes(as, rows.apply(row)),
          FirstModels.START.plusSeconds(row).toEpochMilli());
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
