package io.kelbo.context;

import io.kelbo.record.Total;

/**
 * What a record's surroundings say of its fields, in their own units; filled by {@link
 * EntityState#surround}. One thread's scratch.
 */
public final class Recent {
  /** How many records, this one included, count as recent. */
  public static final int WINDOW = 16;

  /**
   * (fields) mean of the recent values of a numeric field; NaN where none is known or the window is
   * not full. Of a total, what it grew by over them, scaled.
   */
  public final double[] means;

  /** (fields) in how many of the recent records the field was missing. */
  public final int[] misses;

  /** (fields) how many recent values equal the one before to the last bit. */
  public final int[] repeats;

  /** How many recent records there were, this one included; at most {@link #WINDOW}. */
  public int depth;

  private final int[] places = new int[WINDOW]; // in the ring, of those before, the newest first

  public Recent(int fields) {
    means = new double[fields];
    misses = new int[fields];
    repeats = new int[fields];
  }

  void begin(Ring ring) {
    depth = Math.min(ring.size() + 1, WINDOW);
    for (int back = 1; back < depth; back++) {
      places[back - 1] = ring.place(back); // a division each, the same for all fields
    }
  }

  void category(int field, boolean missing, Ring ring) {
    int known = missing ? 0 : 1;
    for (int back = 1; back < depth; back++) {
      known += ring.text(back, field) == null ? 0 : 1;
    }
    misses[field] = depth - known;
    repeats[field] = 0;
    means[field] = Double.NaN;
  }

  /**
   * @param shift what is taken off the newest values before; off {@code value} it is already
   * @param shifted off how many
   */
  void number(int field, double value, Ring ring, double shift, int shifted) {
    double sum = 0;
    int known = 0;
    int same = 0;
    double later = value;
    if (!Double.isNaN(value)) {
      sum = value;
      known = 1;
    }
    for (int i = 0; i < depth - 1; i++) {
      double earlier = ring.numberAt(places[i], field) - (i < shifted ? shift : 0);
      if (!Double.isNaN(earlier)) {
        sum += earlier;
        known++;
        same += earlier == later ? 1 : 0;
      }
      later = earlier;
    }
    // Fewer values would have a mean that scatters more than the ones learned from.
    boolean full = known > 0 && depth == WINDOW;
    means[field] = full && Double.isFinite(sum) ? sum / known : Double.NaN; // 1e308 overflows
    misses[field] = depth - known;
    repeats[field] = same;
  }

  /**
   * A running total: missing as it came, its mean that of what it grew by, scaled, without where it
   * began anew.
   *
   * @param value where it stands, NaN where missing
   * @param topic of the record: totals of other topics are others
   * @param shift what is taken off the growth of the newest records
   * @param shifted of how many before this one
   */
  void total(
      int field, double value, String topic, double step, Ring ring, double shift, int shifted) {
    number(field, value, ring, 0, 0);
    repeats[field] = 0; // that it stands still, its growth says
    if (depth < WINDOW) {
      return; // no mean: it would scatter more than the ones learned from
    }
    double sum = 0;
    int known = 0;
    double before = Double.NaN;
    int stood = 0;
    for (int back = WINDOW - 1; back >= 0; back--) {
      double now = back == 0 ? value : ring.total(back, field, topic);
      if (!Double.isNaN(now)) {
        if (!Double.isNaN(before)) {
          double scaled = Total.scaled(Total.growth(before, now, stood - back), step);
          double growth = Total.ongoing(scaled);
          if (!Double.isNaN(growth)) {
            sum += growth - (back <= shifted ? shift : 0);
            known++;
          }
        }
        before = now;
        stood = back;
      }
    }
    means[field] = known == 0 ? Double.NaN : sum / known;
  }

  /** Whether a field was neither missing nor repeated. */
  public boolean plain(int field) {
    return (misses[field] | repeats[field]) == 0;
  }
}
