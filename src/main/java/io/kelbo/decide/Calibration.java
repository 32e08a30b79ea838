package io.kelbo.decide;

import java.util.Arrays;

/**
 * From a surprisal to a p-value: conformal rank among out-of-sample scores of normal records,
 * {@code (1 + #{c ≥ S}) / (n + 1)}, and a generalised Pareto tail beyond the largest twentieth.
 *
 * <p>Also how exceedances cluster: the extremal index θ, the share of high scores that begin a new
 * cluster (runs estimator, Smith and Weissman 1994). A budget counts episodes, not records.
 */
public final class Calibration {
  /** Normal records in a row that end an episode. */
  public static final int RUN = 16;

  /** So many scores it needs. */
  public static final int LEAST = 20;

  /** A median is at least this, in nats: the scores of a constant stream are 0. */
  private static final double LEAST_MEDIAN = 1e-6;

  private static final double COMMON = 0.01;
  private static final int LEAST_REACHED = 10;
  private static final double SMALLEST_P = 1e-300;

  private final double[] sorted;
  private final Tail tail;
  private final double extremalIndex;

  /**
   * @param sorted ascending, at least {@value #LEAST}, all finite
   * @param extremalIndex θ in (0, 1]
   */
  public Calibration(double[] sorted, double extremalIndex) {
    if (sorted.length < LEAST) {
      throw new IllegalArgumentException(
          "calibration has %d scores but needs at least %d".formatted(sorted.length, LEAST));
    }
    for (int i = 0; i < sorted.length; i++) {
      if (!Double.isFinite(sorted[i]) || (i > 0 && sorted[i] < sorted[i - 1])) {
        throw new IllegalArgumentException(
            "calibration score %d is %s; scores must be finite and ascending"
                .formatted(i, sorted[i]));
      }
    }
    if (!(extremalIndex > 0 && extremalIndex <= 1)) {
      throw new IllegalArgumentException(
          "the extremal index is %s but must lie above 0 and up to 1".formatted(extremalIndex));
    }
    this.sorted = sorted.clone();
    this.tail = Tail.fit(this.sorted);
    this.extremalIndex = extremalIndex;
  }

  /**
   * Calibrates on out-of-sample scores.
   *
   * @param streams scores of each entity's run, in order of arrival
   */
  public static Calibration of(double[][] streams) {
    double[] sorted = Arrays.stream(streams).flatMapToDouble(Arrays::stream).sorted().toArray();
    Calibration one = new Calibration(sorted, 1);
    return new Calibration(sorted, clustering(streams, one.tail.u()));
  }

  private static double clustering(double[][] streams, double u) {
    int high = 0;
    int all = 0;
    int clusters = 0;
    for (double[] stream : streams) {
      int quiet = RUN;
      all += stream.length;
      for (double score : stream) {
        if (score > u) {
          high++;
          clusters += quiet >= RUN ? 1 : 0;
          quiet = 0;
        } else {
          quiet++;
        }
      }
    }
    return high == 0
        ? 1
        : Math.max(0.05, apart((double) clusters / high, RUN * (double) high / all));
  }

  /**
   * The share θ of high scores that begin a cluster, from the share that follow a quiet run. At the
   * largest twentieth, chance puts another cluster into the run before with probability {@code 1 -
   * exp(-θ crowd)}; far out, where alarms are, it does not. Without this, independent scores had θ
   * = 0.44 and opened more than twice the episodes wanted.
   *
   * @param share {@code = θ exp(-θ crowd)}
   * @param crowd high scores that a run holds on average
   */
  private static double apart(double share, double crowd) {
    double low = 0;
    double high = Math.min(1, 1 / crowd); // rising up to here
    for (int i = 0; i < 50; i++) {
      double middle = 0.5 * (low + high);
      if (middle * StrictMath.exp(-middle * crowd) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Probability that a normal record is at least this surprising, in (0, 1]. */
  public double pValue(double surprisal) {
    int reached = sorted.length - below(surprisal);
    double rank = (1.0 + reached) / (sorted.length + 1.0);
    if (!(surprisal > tail.u())) {
      return rank;
    }
    double beyond = Math.max(SMALLEST_P, tail.beyond(surprisal));
    // Scores of flags and categories come in lumps, which no smooth tail fits: while enough normal
    // records were at least this surprising, p is not less than their share.
    return reached >= LEAST_REACHED ? Math.max(beyond, rank) : beyond;
  }

  /** How many of the scores are less than this one; none is less than NaN. */
  private int below(double surprisal) {
    int low = 0;
    for (int left = sorted.length; left > 0; ) { // halves without a branch that could be mistaken
      int half = (left + 1) >>> 1;
      low += sorted[low + half - 1] < surprisal ? half : 0;
      left -= half;
    }
    return low;
  }

  /**
   * The p-value below which a record alarms, so that episodes open at the wanted rate: where high
   * scores cluster, more records may be flagged than episodes are wanted, but none that one normal
   * record in a hundred exceeds, unless the budget itself is looser.
   *
   * @param perRecord wanted share of records that open a false alarm
   */
  public double threshold(double perRecord) {
    return Math.max(perRecord, Math.min(COMMON, perRecord / extremalIndex));
  }

  /** The score that one normal record in twenty exceeds, in nats; above 0. */
  public double usual() {
    return Math.max(tail.u(), 1e-6);
  }

  /** The score that half of the normal records exceed, in nats; above 0. */
  public double median() {
    return Math.max(sorted[sorted.length / 2], LEAST_MEDIAN);
  }

  /** The score that a quarter of the normal records exceed, in nats; at least the median. */
  public double quartile() {
    return Math.max(sorted[sorted.length * 3 / 4], LEAST_MEDIAN);
  }

  /** Ascending copies of the scores. */
  public double[] scores() {
    return sorted.clone();
  }

  /** θ in (0, 1]. */
  public double extremalIndex() {
    return extremalIndex;
  }
}
