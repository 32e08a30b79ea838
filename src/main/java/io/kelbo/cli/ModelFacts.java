package io.kelbo.cli;

import io.kelbo.model.Model;
import io.kelbo.record.Field;
import io.kelbo.topology.ModelSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What people ask about a published model. */
final class ModelFacts {
  private ModelFacts() {}

  /** From the snapshot's head alone. */
  static Map<String, Object> of(ModelSnapshot snapshot) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", snapshot.id().version());
    facts.put("method", snapshot.method());
    facts.put("records", snapshot.records());
    facts.put("learned_from", snapshot.learnedFrom().toString());
    facts.put("learned_to", snapshot.learnedTo().toString());
    facts.put("trained_at", snapshot.createdAt().toString());
    facts.put("parent", snapshot.parent());
    facts.put("seed", snapshot.seed());
    facts.put("bytes", snapshot.body().length);
    return facts;
  }

  /** With what is inside. */
  static Map<String, Object> of(ModelSnapshot snapshot, Model model) {
    Map<String, Object> facts = of(snapshot);
    facts.put("threshold_p", model.thresholdP());
    facts.put("entity", model.layout().entity().word());
    String time = model.layout().timePath();
    facts.put("time", time == null ? "the record's timestamp" : time);
    Map<String, String> fields = new LinkedHashMap<>();
    model.layout().fields().list().forEach(field -> fields.put(field.name(), kind(field)));
    facts.put("fields", fields);
    if (model.layout().fields().inputs() < model.layout().fields().size()) {
      facts.put("targets", ToldTargets.of(model));
    }
    Map<String, Double> figures = new TreeMap<>(model.provenance().figures());
    figures.values().removeIf(figure -> !Double.isFinite(figure));
    facts.put("figures", figures);
    return facts;
  }

  private static String kind(Field field) {
    String word = field.kind().word();
    if (!field.total()) {
      return word;
    }
    return field.counted() ? word + ", counted" : word + ", in steps of " + field.step();
  }
}
