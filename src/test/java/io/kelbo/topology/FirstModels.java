package io.kelbo.topology;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
import io.kelbo.record.Declared;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.JsonRecords;
import io.kelbo.record.LayoutInference;
import io.kelbo.record.RecordReader;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models learned from {@link PlantRows}, by the engine itself. */
public final class FirstModels {
  static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  static final TrainingSettings SETTINGS = new TrainingSettings(1, AlarmBudget.of("0.001"), false);

  private FirstModels() {}

  /** A model of the first 400 rows; no record counts as learned from. */
  public static Model model(int version) {
    return model(version, "key");
  }

  static Model model(int version, String entity) {
    List<String> rows = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < 400; row++) {
      rows.add(PlantRows.row(row));
      keys.add(PlantRows.key(row));
    }
    return model(version, EntityRule.of(entity), rows, keys, Declared.nothing());
  }

  /** A first model of these rows, a second apart, their keys the entities. */
  static Model of(List<String> rows, List<String> keys, Declared declared) {
    return model(1, EntityRule.of("key"), rows, keys, declared);
  }

  private static Model model(
      int version, EntityRule entity, List<String> rows, List<String> keys, Declared declared) {
    try {
      List<Map<String, Object>> leaves = new ArrayList<>();
      for (String row : rows) {
        leaves.add(JsonRecords.flatten(bytes(row), 1_000_000));
      }
      List<@Nullable String> named = new ArrayList<>(keys);
      InputLayout inferred = LayoutInference.infer(leaves, named, declared);
      InputLayout layout = new InputLayout(inferred.fields(), entity, inferred.timePath());
      Lineage lineage =
          new Lineage(new ModelId("default", version), START, null, List.<Provenance.Offset>of());
      Outcome outcome = Trainer.train(layout, runs(layout, rows, keys), SETTINGS, lineage);
      return ((Outcome.Promoted) outcome).model();
    } catch (UnreadableRecord impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<Run> runs(InputLayout layout, List<String> rows, List<String> keys)
      throws UnreadableRecord {
    RecordReader reader = new RecordReader(layout, 1_000_000);
    Map<String, List<Run.Moment>> byKey = new LinkedHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      Incoming incoming =
          reader.read(
              new Source("plant.telemetry", 0, row),
              bytes(keys.get(row)),
              bytes(rows.get(row)),
              START.plusSeconds(row));
      byKey
          .computeIfAbsent(keys.get(row), key -> new ArrayList<>())
          .add(new Run.Moment(incoming.time(), incoming.source(), incoming.observation(), false));
    }
    List<Run> runs = new ArrayList<>();
    byKey.forEach((key, moments) -> runs.add(new Run(key, moments)));
    return runs;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
