package io.kelbo.backtest.report;

import io.kelbo.backtest.ScoredRow;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Observation;
import io.kelbo.record.Value;
import io.kelbo.report.Chart;
import io.kelbo.report.Markup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a field's values lie on a y axis: numbers as they are, flags at 0 and 1, names by row. */
final class FieldScale {
  private static final int MOST_NAMES = 6; // that fit beside a small picture

  private final int place;
  private final Field field;
  private final Map<String, Integer> names = new LinkedHashMap<>();

  FieldScale(int place, Field field, List<ScoredRow> rows) {
    this.place = place;
    this.field = field;
    if (field.kind() == FieldKind.CATEGORY) {
      for (ScoredRow row : rows) {
        String name = row.incoming().observation().text(place);
        if (name != null) {
          names.putIfAbsent(name, names.size());
        }
      }
    }
  }

  Field field() {
    return field;
  }

  /** NaN where missing. */
  double of(Observation observation) {
    return of(observation.value(place));
  }

  /** NaN for no value, and for a name that no row has. */
  double of(@Nullable Value value) {
    if (value instanceof Value.Number number) {
      return number.number();
    }
    if (value instanceof Value.Flag flag) {
      return flag.flag() ? 1 : 0;
    }
    if (value instanceof Value.Text text) {
      Integer at = names.get(text.text());
      return at == null ? Double.NaN : at;
    }
    return Double.NaN;
  }

  /** Whether an average of two values means something. */
  boolean continuous() {
    return field.numeric() && field.kind() != FieldKind.FLAG;
  }

  /** The range of some values with a little air. */
  Chart.Range range(double low, double high) {
    if (!continuous()) {
      return new Chart.Range(-0.3, (field.kind() == FieldKind.FLAG ? 1 : names.size() - 1) + 0.3);
    }
    if (!(high >= low)) {
      return new Chart.Range(0, 1); // never a value
    }
    double pad = 0.06 * (high - low);
    return new Chart.Range(low - pad, high + pad);
  }

  /** Two or three marks in the field's own unit, or words. */
  void mark(Chart chart, double low, double high) {
    if (field.kind() == FieldKind.FLAG) {
      chart.markY(0, "false").markY(1, "true");
    } else if (field.kind() == FieldKind.CATEGORY) {
      names.forEach(
          (name, at) -> {
            if (at < MOST_NAMES) {
              chart.markY(at, name.length() > 9 ? name.substring(0, 8) + "…" : name);
            }
          });
    } else if (high > low) {
      chart.markY(low, Markup.number(low)).markY(high, Markup.number(high));
    } else if (high == low) {
      chart.markY(low, Markup.number(low));
    }
  }
}
