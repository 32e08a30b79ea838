package io.kelbo.cli;

import io.kelbo.model.Model;
import io.kelbo.record.Field;
import io.kelbo.score.Readout;
import java.util.LinkedHashMap;
import java.util.Map;

/** How well a model tells its targets, in words. */
final class ToldTargets {
  private ToldTargets() {}

  /** Target → what its training found on records that it had not learned from. */
  static Map<String, String> of(Model model) {
    Map<String, String> told = new LinkedHashMap<>();
    for (Field field : model.layout().fields().list()) {
      if (field.target()) {
        told.put(field.name(), "not told: no training has seen enough of it yet");
      }
    }
    for (Readout readout : model.readouts()) {
      String name = model.layout().fields().get(readout.target()).name();
      told.put(name, sentence(name, readout, model.provenance().figures()));
    }
    return told;
  }

  private static String sentence(String name, Readout readout, Map<String, Double> figures) {
    Double rows = figures.get("target.%s.rows".formatted(name));
    if (rows == null) {
      return "told as an older model learned it: the newer sample has too few records with it";
    }
    return readout.classes().isEmpty()
        ? "told from %.0f records; off by %.4g on others (it varies by %.4g)"
            .formatted(
                rows,
                figures.get("target.%s.rmse".formatted(name)),
                figures.get("target.%s.sd".formatted(name)))
        : "told from %.0f records; of others %.1f %% right, %d classes"
            .formatted(
                rows,
                100 * figures.getOrDefault("target.%s.accuracy".formatted(name), Double.NaN),
                readout.classes().size());
  }
}
