package io.kelbo.context;

import io.kelbo.record.Field;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Total;
import io.kelbo.record.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an entity's running totals stood at before a record, and how many records ago: records come
 * in with where totals stand, models see what they {@link Total grow by}. A total that was not seen
 * for as long as the state remembers grows by nothing known. Immutable.
 */
public final class Totals {
  private static final double[] NOTHING = {};
  private static final int[] NOWHERE = {};

  private final Fields fields;
  private final double[] last; // (fields) NaN where unknown; empty where nothing is a total
  private final int[] ago; // (fields) records since, this one included

  private Totals(Fields fields, double[] last, int[] ago) {
    this.fields = fields;
    this.last = last;
    this.ago = ago;
  }

  /** Of an entity of which nothing is known. */
  public static Totals unknown(Fields fields) {
    return before(fields, new Ring(fields, 1), "", 0);
  }

  /**
   * @param newest how many of the ring's newest records are not before
   */
  static Totals before(Fields fields, Ring ring, String topic, int newest) {
    if (!fields.anyTotal()) {
      return new Totals(fields, NOTHING, NOWHERE);
    }
    double[] last = new double[fields.size()];
    int[] ago = new int[fields.size()];
    Arrays.fill(last, Double.NaN);
    for (int j : fields.totals()) {
      for (int back = newest + 1; back <= ring.size() && Double.isNaN(last[j]); back++) {
        last[j] = ring.total(back, j, topic);
        ago[j] = back - newest;
      }
    }
    return new Totals(fields, last, ago);
  }

  /** A record of the ring with what its totals grew by. */
  static Observation growth(Fields fields, Ring ring, int back) {
    return before(fields, ring, ring.source(back).topic(), back).growth(ring.observation(back));
  }

  /** Whether any field is a total. */
  public boolean any() {
    return last.length > 0;
  }

  /** The observation with what its totals grew by; the same one where none is a total. */
  public Observation growth(Observation came) {
    if (!any()) {
      return came;
    }
    double[] numbers = new double[last.length];
    @Nullable String[] texts = new @Nullable String[last.length];
    for (int j = 0; j < last.length; j++) {
      Field field = fields.get(j);
      double number = came.number(j);
      numbers[j] =
          field.total()
              ? Total.scaled(Total.growth(last[j], number, ago(j)), field.step())
              : number;
      texts[j] = came.text(j);
    }
    return new Observation(fields, numbers, texts);
  }

  /** Whether it is known where a total stood; true of other fields. */
  public boolean known(int field) {
    return !any() || !fields.get(field).total() || !Double.isNaN(last[field]);
  }

  /**
   * Where a total would stand; where it stands if that is not known, since nothing is expected
   * then.
   *
   * @param scaled what it would grow by; see {@link Total}
   * @param came where it stands; NaN where missing
   */
  public double told(int field, double scaled, double came) {
    if (!known(field)) {
      return came;
    }
    double grown = Total.growth(scaled, fields.get(field).step()) * ago(field);
    return Value.finite(last[field] + Value.finite(grown));
  }

  /** The standard deviation in a total's unit of what has one on the scale: half the way across. */
  public double sd(int field, double scaled, double sd) {
    double step = fields.get(field).step();
    double across = Total.growth(scaled + sd, step) / 2 - Total.growth(scaled - sd, step) / 2;
    return Value.finite(across * ago(field));
  }

  private int ago(int field) {
    return Math.max(1, ago[field]);
  }
}
