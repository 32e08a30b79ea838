package io.kelbo.context;

/**
 * What a record's surroundings say of its fields, in their own units; filled by {@link
 * EntityState#surround}. One thread's scratch.
 */
public final class Recent {
  /** How many records, this one included, count as recent. */
  public static final int WINDOW = 16;

  /**
   * (fields) mean of the recent values of a numeric field; NaN where none is known or the window is
   * not full.
   */
  public final double[] means;

  /** (fields) in how many of the recent records the field was missing. */
  public final int[] misses;

  /** (fields) how many recent values equal the one before to the last bit. */
  public final int[] repeats;

  /** How many recent records there were, this one included; at most {@link #WINDOW}. */
  public int depth;

  public Recent(int fields) {
    means = new double[fields];
    misses = new int[fields];
    repeats = new int[fields];
  }

  /** Whether a field was neither missing nor repeated. */
  public boolean plain(int field) {
    return (misses[field] | repeats[field]) == 0;
  }
}
