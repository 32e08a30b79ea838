package io.kelbo.topology;

import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the last records of each entity said of fields that no model knows, until their sample is
 * sent. In memory only: after a restart a few values of a sample are missing.
 */
final class Newcomers {
  private static final int MOST_RECORDS = 50_000;

  private final Map<Source, Map<String, Object>> noted =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Map<String, Object>> eldest) {
          return size() > MOST_RECORDS;
        }
      };

  void note(Arrived arrived) {
    if (!arrived.newcomers().isEmpty()) {
      noted.put(arrived.incoming().source(), arrived.newcomers());
    }
  }

  /** The sample with what is noted of its records; their kinds are for the trainer to find. */
  Sample widened(Sample sample) {
    Map<String, FieldKind> kinds = new TreeMap<>();
    for (Run.Moment moment : sample.run().moments()) {
      noted
          .getOrDefault(moment.source(), Map.of())
          .forEach((path, leaf) -> kinds.putIfAbsent(path, kind(leaf)));
    }
    kinds.keySet().removeIf(path -> sample.fields().place(path) >= 0);
    if (kinds.isEmpty()) {
      return sample;
    }
    List<Field> list = new ArrayList<>(sample.fields().list());
    kinds.forEach((path, kind) -> list.add(new Field(path, kind)));
    Fields wide = new Fields(list);
    List<Run.Moment> moments = new ArrayList<>();
    for (Run.Moment moment : sample.run().moments()) {
      Map<String, Object> leaves = noted.getOrDefault(moment.source(), Map.of());
      noted.remove(moment.source());
      Observation observation = GrownLayout.refit(moment.observation(), wide, leaves);
      moments.add(new Run.Moment(moment.time(), moment.source(), observation, moment.flagged()));
    }
    return new Sample(
        sample.segment(),
        sample.block(),
        sample.part(),
        sample.draw(),
        new Run(sample.run().entity(), moments));
  }

  private static FieldKind kind(Object leaf) {
    return leaf instanceof Boolean
        ? FieldKind.FLAG
        : leaf instanceof Number ? FieldKind.QUANTITY : FieldKind.CATEGORY;
  }
}
