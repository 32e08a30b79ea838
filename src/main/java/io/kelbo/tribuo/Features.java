package io.kelbo.tribuo;

import io.kelbo.context.EntityState;
import io.kelbo.record.Declared;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.LayoutInference;
import io.kelbo.record.Observation;
import io.kelbo.record.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;

/** Tribuo's features as Kelbo's fields. A feature that an example does not name is missing. */
final class Features {
  /** What rows are about: all the same, for rows without order have no history. */
  static final String ENTITY = "tribuo";

  private Features() {}

  /**
   * The fields in the order of Tribuo's feature ids. Every feature is a field, also one that
   * inference would leave out of a stream: whoever built the data set has chosen.
   */
  static Fields fields(ImmutableFeatureMap features, Iterable<? extends Example<?>> examples) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Example<?> example : examples) {
      Map<String, Object> row = new HashMap<>();
      for (Feature feature : example) {
        row.put(feature.getName(), feature.getValue());
      }
      rows.add(row);
    }
    Map<String, FieldKind> kinds = new HashMap<>();
    List<Field> quantities = new ArrayList<>();
    for (int id = 0; id < features.size(); id++) {
      quantities.add(new Field(features.get(id).getName(), FieldKind.QUANTITY));
    }
    try {
      List<@Nullable String> keys = Collections.nCopies(rows.size(), null);
      LayoutInference.infer(
              rows, keys, new Declared(List.of(), Set.of(), "partition", null).withoutOrder())
          .fields()
          .list()
          .forEach(field -> kinds.put(field.name(), field.kind()));
    } catch (IllegalArgumentException nothingInferred) {
      return new Fields(quantities);
    }
    return new Fields(
        quantities.stream()
            .map(q -> new Field(q.name(), kinds.getOrDefault(q.name(), FieldKind.QUANTITY)))
            .toList());
  }

  /** Features that are no field are left aside; NaN and infinity are missing too. */
  static Observation observe(Fields fields, Example<?> example) {
    double[] numbers = new double[fields.size()];
    Arrays.fill(numbers, Double.NaN);
    for (Feature feature : example) {
      int place = fields.place(feature.getName());
      if (place >= 0) {
        numbers[place] = valid(fields.get(place), feature.getValue());
      }
    }
    return new Observation(fields, numbers, new @Nullable String[fields.size()]);
  }

  /** A flag that is neither 0 nor 1 says nothing. */
  private static double valid(Field field, double value) {
    return field.kind() == FieldKind.FLAG && value != 0 && value != 1 ? Double.NaN : value;
  }

  /** A row as a record: its number is its time, so that folds are cut by it. */
  static Incoming incoming(Observation observation, int row) {
    return new Incoming(
        ENTITY, Instant.ofEpochSecond(row), new Source(ENTITY, 0, row), observation);
  }

  /** A state without history. */
  static EntityState alone(Fields fields) {
    return EntityState.fresh(ENTITY, fields);
  }
}
