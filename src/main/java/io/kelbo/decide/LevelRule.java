package io.kelbo.decide;

/**
 * How the novelty of a level is told. A model keeps the rule that it was made by, so that what it
 * judged is judged the same again.
 */
public enum LevelRule {
  /** Of snapshots until format 6: by the distance alone. */
  DISTANCE(16, 0.02, 0.5, 512, false),

  /**
   * By the distance and how far apart levels lie there: where the known ones are far apart, as in
   * the tail of a metric with peaks, the next is far from them, too, and is less of a novelty (the
   * local outlier factor's idea; Breunig and others 2000).
   */
  SPACING(32, 0.01, 0.3, 256, true);

  private static final double LEAST = 0.1; // standard deviations; levels lie no closer than that

  /** Records whose mean is the slower of the two levels. */
  public final int records;

  /** Levels closer than this to a known one teach nothing, in standard deviations. */
  public final double known;

  final double price; // nats, for the logarithm of the alarms before
  final int own; // levels of each scale that an entity of one field remembers
  final boolean spaced;

  LevelRule(int records, double known, double price, int own, boolean spaced) {
    this.records = records;
    this.known = known;
    this.price = price;
    this.own = own;
    this.spaced = spaced;
  }

  /**
   * How new a level is.
   *
   * @param distance from the nearest known level, in standard deviations
   * @param spacing how far that one lies from the nearest to it; not read by distance alone
   */
  public double novelty(double distance, double spacing) {
    // The fourth root: the whole spacing makes too little of what is far out.
    return spaced ? distance / Math.sqrt(Math.sqrt(LEAST + spacing)) : distance;
  }
}
