package io.kelbo.topology;

import io.kelbo.record.Declared;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.InputLayout;
import io.kelbo.record.LayoutInference;
import io.kelbo.record.NumberText;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes new fields of the samples into a layout, by the rules that the first ones came in by. */
final class GrownLayout {
  /** Fewer values teach nothing that could be calibrated. */
  static final int LEAST_VALUES = 200;

  private final InputLayout layout;
  private final List<Seen> rows = new ArrayList<>();
  private final Map<String, Integer> present = new LinkedHashMap<>();

  /**
   * One value, and where it stood: samples come by entity, the rules go by the order of arrival.
   */
  private record Seen(String entity, Run.Moment moment, Map<String, Object> row) {
    Instant time() {
      return moment.time();
    }

    long offset() {
      return moment.source().offset();
    }
  }

  GrownLayout(InputLayout layout) {
    this.layout = layout;
  }

  /** Looks for values of fields that the layout does not have. */
  void add(Sample sample) {
    for (Field field : sample.fields().list()) {
      if (layout.fields().place(field.name()) < 0) {
        int place = sample.fields().place(field.name());
        for (Run.Moment moment : sample.run().moments()) {
          Value value = moment.observation().value(place);
          if (value != null) {
            rows.add(new Seen(sample.run().entity(), moment, Map.of(field.name(), leaf(value))));
            present.merge(field.name(), 1, Integer::sum);
          }
        }
      }
    }
  }

  /** The layout, longer by the fields that can be learned; the same where there are none. */
  InputLayout layout() {
    List<Field> fields = new ArrayList<>(layout.fields().list());
    present.forEach(
        (path, count) -> {
          Field grown = count < LEAST_VALUES ? null : inferred(path);
          if (grown != null) {
            fields.add(grown);
          }
        });
    return fields.size() == layout.fields().size()
        ? layout
        : new InputLayout(new Fields(fields), layout.entity(), layout.timePath());
  }

  private @Nullable Field inferred(String path) {
    List<Seen> own =
        rows.stream()
            .filter(seen -> seen.row().containsKey(path))
            .sorted(Comparator.comparing(Seen::time).thenComparing(Seen::offset))
            .toList();
    try {
      List<@Nullable String> entities = new ArrayList<>();
      own.forEach(seen -> entities.add(seen.entity()));
      return LayoutInference.explain(
              own.stream().map(Seen::row).toList(),
              entities,
              own.stream().map(seen -> seen.moment().source()).toList(),
              new Declared(List.of(), Set.of(), "key", null))
          .layout()
          .fields()
          .get(0);
    } catch (IllegalArgumentException nothingToLearnFrom) {
      return null; // an identifier, a clock, free text: as at the first start
    }
  }

  private static Object leaf(Value value) {
    if (value instanceof Value.Number number) {
      return number.number();
    }
    return value instanceof Value.Flag flag ? (Object) flag.flag() : value.toString();
  }

  /**
   * An observation of other fields: those of the same name keep their value, others have what the
   * leaves say, or are missing.
   */
  static Observation refit(Observation from, Fields fields, Map<String, Object> leaves) {
    if (from.fields().equals(fields)) {
      return from;
    }
    double[] numbers = new double[fields.size()];
    @Nullable String[] texts = new String[fields.size()];
    for (int j = 0; j < numbers.length; j++) {
      int place = from.fields().place(fields.get(j).name());
      Value value = place < 0 ? null : from.value(place);
      Object leaf = value == null ? leaves.get(fields.get(j).name()) : leaf(value);
      numbers[j] = fields.get(j).numeric() ? number(leaf) : Double.NaN;
      texts[j] = leaf == null || fields.get(j).kind() != FieldKind.CATEGORY ? null : "" + leaf;
    }
    return new Observation(fields, numbers, texts);
  }

  private static double number(@Nullable Object leaf) {
    if (leaf instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (leaf instanceof Number number) {
      return number.doubleValue();
    }
    return leaf == null ? Double.NaN : NumberText.parse(leaf.toString());
  }
}
