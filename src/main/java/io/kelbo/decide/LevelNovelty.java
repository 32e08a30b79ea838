package io.kelbo.decide;

import io.kelbo.sample.Draw;

/**
 * How new the level of the measured fields is, now and as the mean of 16 records: the distance to
 * the nearest level seen before (one neighbour over the whole past; temporal.md, section 9), as
 * {@code -ln p}, the larger of the two. An alarm score rests after a peak, until a higher one
 * comes, and pays for the alarms before it. Learned levels are the model's; an entity adds what it
 * alone has shown. Immutable; an entity's part stands in its adaptation.
 *
 * @param channels measured fields
 * @param codes for each time scale (count, channels) levels, standardised
 * @param references for each time scale, the distances met while learning
 * @param rest records after a peak in which only a higher one scores
 */
@SuppressWarnings("ArrayRecordComponent") // read on the hot path, never handed out to be written
public record LevelNovelty(int channels, float[][] codes, Reference[] references, int rest) {
  /** Time scales, in records. */
  public static final int[] SCALES = {1, 16};

  /** Levels closer than this to a known one teach nothing, in standard deviations. */
  public static final double KNOWN = 0.02;

  /** Smallest distance told apart, as a natural logarithm; see {@link Reference}. */
  public static final double LOW = -7;

  public static final int BINS = 224;
  public static final double MOST_SHAPE = 0.5;
  public static final int MEMORY = 20_000; // records

  private static final int CHUNKS = 10;
  private static final int HEAD = CHUNKS + 2;
  // Levels of each scale for one field; fewer of more fields, so that a state stays below 16 kB.
  private static final int MOST_OWN = 512;
  private static final double LOUD = 5; // nats; more counts as an alarm
  private static final double PRICE = 0.5;
  private static final double PAID_OVER = 3000; // records
  private static final double NATS = 10; // of an alarm score of 1 - 1/e

  public LevelNovelty {
    for (float[] levels : codes) {
      if (channels < 1 || levels.length % channels != 0) {
        throw new IllegalArgumentException(
            "%d numbers are no levels of %d fields".formatted(levels.length, channels));
      }
    }
  }

  private int own() {
    return Math.max(8, MOST_OWN / (1 + channels * channels * 9 / 16));
  }

  private int stride(int scale) {
    return 1 + own() * channels + references[scale].floats();
  }

  /** How many numbers of an adaptation it takes. */
  public int floats() {
    int sum = HEAD;
    for (int s = 0; s < SCALES.length; s++) {
      sum += stride(s);
    }
    return sum;
  }

  /**
   * Scores the level of a record and learns it.
   *
   * @param learned one thread's search among this one's learned levels
   * @param levels (scales, channels) standardised
   * @param seen how many records of the entity came before
   * @return the alarm score in 0..1
   */
  public double alarm(NearestLevel learned, double[][] levels, long seen, float[] numbers, int at) {
    double loudest = 0;
    int from = at + HEAD;
    for (int s = 0; s < SCALES.length; s++) {
      double distance = distance(learned.squared(s, levels[s]), levels[s], numbers, from);
      int reference = from + 1 + own() * channels;
      double p = references[s].pValue(distance + StrictMath.exp(LOW), numbers, reference);
      loudest = Math.max(loudest, -StrictMath.log(p));
      references[s].add(distance + StrictMath.exp(LOW), 1, numbers, reference);
      if (distance > KNOWN) {
        remember(s, levels[s], seen, numbers, from);
      }
      from += stride(s);
    }
    double alarm = rested(loudest, numbers, at);
    float paid = numbers[at + CHUNKS + 1];
    numbers[at + CHUNKS + 1] = (float) (paid * (1 - 1 / PAID_OVER) + (alarm > LOUD ? 1 : 0));
    alarm = alarm > 0 ? Math.max(1e-6, alarm - PRICE * StrictMath.log(1 + paid)) : 0;
    return 1 - StrictMath.exp(-alarm / NATS);
  }

  private double distance(double learned, double[] level, float[] numbers, int from) {
    double nearest = learned;
    int known = (int) numbers[from];
    for (int k = 0; k < known; k++) {
      nearest = Math.min(nearest, squared(level, numbers, from + 1 + k * channels, nearest));
    }
    return nearest == Float.MAX_VALUE ? 0 : Math.sqrt(nearest / channels);
  }

  private double squared(double[] level, float[] codes, int at, double enough) {
    double sum = 0;
    for (int c = 0; c < channels && sum < enough; c++) {
      double off = level[c] - codes[at + c];
      sum += off * off;
    }
    return sum;
  }

  private void remember(int s, double[] level, long seen, float[] numbers, int from) {
    int known = (int) numbers[from];
    int place = known;
    if (known == own()) {
      place = (int) (known * Draw.of(s, "level", seen)); // any, the same on every machine
    } else {
      numbers[from] = known + 1;
    }
    for (int c = 0; c < channels; c++) {
      numbers[from + 1 + place * channels + c] = (float) level[c];
    }
  }

  /** The value, or 0 unless it is higher than all within the rest before it. */
  private double rested(double value, float[] numbers, int at) {
    float highest = 0;
    for (int i = 0; i < CHUNKS; i++) {
      highest = Math.max(highest, numbers[at + i]);
    }
    // The rest is cut into ten; the oldest tenth is let go when a new one begins.
    int length = Math.max(1, rest / CHUNKS);
    int place = (int) numbers[at + CHUNKS];
    int chunk = place / length % CHUNKS;
    numbers[at + chunk] =
        place % length == 0 ? (float) value : Math.max(numbers[at + chunk], (float) value);
    numbers[at + CHUNKS] = (place + 1) % (length * CHUNKS);
    return value > highest ? value : 0;
  }
}
