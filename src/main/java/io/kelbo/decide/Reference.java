package io.kelbo.decide;

/**
 * Scores as counts in bins of equal ratio: what an entity's own scores have been, in few bytes, and
 * p-values against them and the model's. Held-out scores of the model fill what the entity's own
 * leave of the memory; older ones fade. Beyond the largest twentieth a generalised Pareto tail by
 * probability-weighted moments (Hosking and Wallis 1987). Immutable; an entity's counts stand in
 * its adaptation from {@code at} on.
 */
public final class Reference {
  /** Bins to a factor of e. */
  public static final int STEPS = 16;

  private static final int MOST_BINS = 256;

  /**
   * {@code e^(i / (2 STEPS))}: edges and middles of bins; an exponential for each was a third of
   * it.
   */
  private static final double[] HALVES = new double[2 * MOST_BINS + 1];

  static {
    for (int i = 0; i < HALVES.length; i++) {
      HALVES[i] = StrictMath.exp(i / (2.0 * STEPS));
    }
  }

  private static final double TAIL_SHARE = 0.05;
  private static final double LEAST_IN_TAIL = 10;
  private static final double SMALLEST_P = 1e-300;
  private static final double EXPONENTIAL_BELOW = 1e-3;

  private final double low;
  private final double lowest;
  private final int bins;
  private final double mostShape;
  private final int memory;
  private final float[] counts;
  private final double model; // sum of the counts

  /**
   * @param low natural logarithm of the smallest score that is told apart
   * @param bins how many; the largest score told apart is {@code exp(low + bins / STEPS)}
   * @param mostShape how heavy a tail may be, the shape ξ of the Pareto tail
   * @param memory records that are remembered
   * @param counts (bins) of the model's held-out scores
   */
  public Reference(double low, int bins, double mostShape, int memory, float[] counts) {
    this.low = low;
    this.lowest = StrictMath.exp(low);
    this.bins = bins;
    this.mostShape = mostShape;
    this.memory = memory;
    this.counts = counts.clone();
    double total = 0;
    for (float count : counts) {
      total += count;
    }
    this.model = total;
    if (bins > MOST_BINS || counts.length != bins || !(total >= 1) || !(total < 1e9)) {
      throw new IllegalArgumentException(
          "a reference of %d bins was given %d counts that sum to %s; there must be some"
              .formatted(bins, counts.length, total));
    }
  }

  /** Of held-out scores, all finite. */
  public static Reference of(double[] scores, double low, int bins, double mostShape, int memory) {
    float[] counts = new float[bins];
    for (double score : scores) {
      counts[bin(score, low, bins)]++;
    }
    return new Reference(low, bins, mostShape, memory, counts);
  }

  private static int bin(double score, double low, int bins) {
    double place = (StrictMath.log(Math.max(score, 1e-300)) - low) * STEPS;
    return (int) Math.max(0, Math.min(bins - 1, place));
  }

  /** A copy of the model's held-out scores by bin, (bins). */
  public float[] counts() {
    return counts.clone();
  }

  /** How many numbers of an adaptation it takes. */
  public int floats() {
    return 1 + bins;
  }

  /** Probability that a normal record of this entity scores at least this, in (0, 1]. */
  public double pValue(double score, float[] numbers, int at) {
    double kept = Math.min(model, Math.max(0, memory - numbers[at])) / model;
    double all = kept * model + numbers[at];
    double wanted = Math.max(LEAST_IN_TAIL, TAIL_SHARE * all);
    double above = 0;
    int b = bins;
    double inside = 0; // of the bin below
    while (b > 0) {
      inside = count(b - 1, kept, numbers, at);
      if (above + inside >= wanted) {
        break;
      }
      above += inside;
      b--;
    }
    if (b == 0) {
      return 1; // fewer scores than make a tail
    }
    double share = (wanted - above) / inside; // of the bin, from its upper edge
    double u = edge(b - share);
    if (!(score > u)) {
      return rank(score, b, above, kept, all, numbers, at);
    }
    return tail(score, u, b, wanted - above, wanted, all, kept, numbers, at);
  }

  /** By counting; {@code above} scores lie in bin {@code from} and beyond. */
  private double rank(
      double score, int from, double above, double kept, double all, float[] numbers, int at) {
    double place =
        Math.max(0, Math.min(bins, (StrictMath.log(Math.max(score, 1e-300)) - low) * STEPS));
    int whole = (int) Math.min(from - 1, place); // a rounding may put it beyond
    double reached = above;
    for (int b = from - 1; b > whole; b--) {
      reached += count(b, kept, numbers, at);
    }
    reached += Math.max(0, 1 - (place - whole)) * count(whole, kept, numbers, at);
    return Math.min(1, (1 + reached) / (all + 1));
  }

  private double tail(
      double score,
      double u,
      int from,
      double partial,
      double j,
      double all,
      double kept,
      float[] numbers,
      int at) {
    double first = partial * 0.5 * Math.max(0, lowest * HALVES[2 * from] - u);
    double second = first * weight(0, partial, j);
    double below = partial;
    for (int b = from; b < bins; b++) {
      double n = count(b, kept, numbers, at);
      if (n > 0) {
        double excess = lowest * HALVES[2 * b + 1] - u;
        first += n * excess;
        second += n * excess * weight(below, n, j);
        below += n;
      }
    }
    first = first / j + 1e-12;
    second /= j;
    double xi = 2 - first / (first - 2 * second + 1e-12);
    xi = Math.max(0, Math.min(mostShape, xi));
    double x = (score - u) / (first * (1 - xi));
    double share = (j + 1) / (all + 1);
    double p =
        xi < EXPONENTIAL_BELOW
            ? share * StrictMath.exp(-x)
            : share * StrictMath.pow(1 + xi * x, -1 / xi);
    return Math.max(SMALLEST_P, p);
  }

  /** Mean of {@code 1 - (i - .35) / j} over the {@code n} ranks that follow {@code below}. */
  private static double weight(double below, double n, double j) {
    return Math.max(0, 1 - (below + 0.5 * (n + 1) - 0.35) / j);
  }

  private double count(int bin, double kept, float[] numbers, int at) {
    return kept * counts[bin] + numbers[at + 1 + bin];
  }

  private double edge(double place) {
    return StrictMath.exp(low + place / STEPS);
  }

  /** Counts a score of the entity's own. */
  public void add(double score, double weight, float[] numbers, int at) {
    numbers[at] += (float) weight;
    numbers[at + 1 + bin(score, low, bins)] += (float) weight;
    if (numbers[at] > 1.25 * memory) {
      float total = 0;
      for (int b = 0; b < bins; b++) {
        numbers[at + 1 + b] *= 0.8f;
        total += numbers[at + 1 + b];
      }
      numbers[at] = total;
    }
  }
}
