package io.kelbo.decide;

import io.kelbo.sample.Draw;

/**
 * How new the level of the measured fields is, now and as the mean of some records: the distance to
 * the nearest level seen before (one neighbour over the whole past; temporal.md, section 9), as
 * {@code -ln p}, the larger of the two. An alarm score rests after a peak, until a higher one
 * comes, and pays for the alarms before it. Learned levels are the model's; an entity adds what it
 * alone has shown. Immutable; an entity's part stands in its adaptation.
 *
 * @param channels measured fields
 * @param codes for each time scale (count, channels) levels, standardised
 * @param spacings for each time scale (count): how far each level lies from the nearest other, in
 *     standard deviations; empty by {@link LevelRule#DISTANCE}
 * @param references for each time scale, the novelties met while learning
 * @param rest records after a peak in which only a higher one scores
 */
@SuppressWarnings("ArrayRecordComponent") // read on the hot path, never handed out to be written
public record LevelNovelty(
    LevelRule rule,
    int channels,
    float[][] codes,
    float[][] spacings,
    Reference[] references,
    int rest) {
  /** Time scales: the record, and the mean of {@link LevelRule#records}. */
  public static final int SCALES = 2;

  /** Smallest novelty told apart, as a natural logarithm; see {@link Reference}. */
  public static final double LOW = -7;

  public static final int BINS = 224;
  public static final double MOST_SHAPE = 0.5;
  public static final int MEMORY = 20_000; // records

  private static final int CHUNKS = 10;
  private static final int HEAD = CHUNKS + 2;
  private static final double LOUD = 5; // nats; more counts as an alarm
  private static final double PAID_OVER = 3000; // records
  private static final double NATS = 10; // of an alarm score of 1 - 1/e

  public LevelNovelty {
    for (int s = 0; s < SCALES; s++) {
      if (channels < 1 || codes[s].length % channels != 0) {
        throw new IllegalArgumentException(
            "%d numbers are no levels of %d fields".formatted(codes[s].length, channels));
      }
      if (spacings[s].length != (rule.spaced ? codes[s].length / channels : 0)) {
        throw new IllegalArgumentException(
            "%d levels were given %d spacings"
                .formatted(codes[s].length / channels, spacings[s].length));
      }
    }
  }

  /** Fewer levels of more fields, so that a state stays below 16 kB. */
  private int own() {
    return Math.max(8, rule.own / (1 + channels * channels * 9 / 16));
  }

  /** Numbers of an own level: itself, and its spacing. */
  private int width() {
    return channels + (rule.spaced ? 1 : 0);
  }

  private int stride(int scale) {
    return 1 + own() * width() + references[scale].floats();
  }

  /** How many numbers of an adaptation it takes. */
  public int floats() {
    int sum = HEAD;
    for (int s = 0; s < SCALES; s++) {
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
    for (int s = 0; s < SCALES; s++) {
      int reference = from + 1 + own() * width();
      double novelty = novelty(learned, s, levels[s], seen, numbers, from) + StrictMath.exp(LOW);
      double p = references[s].pValue(novelty, numbers, reference);
      loudest = Math.max(loudest, -StrictMath.log(p));
      references[s].add(novelty, 1, numbers, reference);
      from += stride(s);
    }
    double alarm = rested(loudest, numbers, at);
    float paid = numbers[at + CHUNKS + 1];
    numbers[at + CHUNKS + 1] = (float) (paid * (1 - 1 / PAID_OVER) + (alarm > LOUD ? 1 : 0));
    alarm = alarm > 0 ? Math.max(1e-6, alarm - rule.price * StrictMath.log(1 + paid)) : 0;
    return 1 - StrictMath.exp(-alarm / NATS);
  }

  /** How new the level is; it is remembered if it is. */
  private double novelty(
      NearestLevel learned, int s, double[] level, long seen, float[] numbers, int from) {
    double nearest = learned.find(s, level);
    int own = -1; // which of the entity's own, where that is nearer
    for (int k = 0; k < numbers[from]; k++) {
      double squared = squared(level, numbers, from + 1 + k * width(), nearest);
      if (squared < nearest) {
        nearest = squared;
        own = k;
      }
    }
    if (nearest == Float.MAX_VALUE) {
      remember(s, level, 0, seen, numbers, from);
      return 0;
    }
    double distance = Math.sqrt(nearest / channels);
    double spacing = rule.spaced ? spacing(learned, s, own, numbers, from) : 0;
    if (distance > rule.known) {
      remember(s, level, distance, seen, numbers, from);
    }
    return rule.novelty(distance, spacing);
  }

  /** How far the level found lies from the nearest other, among the entity's own ones, too. */
  private double spacing(NearestLevel learned, int s, int own, float[] numbers, int from) {
    float[] found = own < 0 ? codes[s] : numbers;
    int at = own < 0 ? learned.place() * channels : from + 1 + own * width();
    double spacing = own < 0 ? spacings[s][learned.place()] : numbers[at + channels];
    double least = spacing * spacing * channels;
    for (int k = 0; k < numbers[from]; k++) {
      if (k != own) {
        int other = from + 1 + k * width();
        double sum = 0;
        for (int c = 0; c < channels && sum < least; c++) {
          double off = found[at + c] - numbers[other + c];
          sum += off * off;
        }
        least = Math.min(least, sum);
      }
    }
    return Math.sqrt(least / channels);
  }

  private double squared(double[] level, float[] codes, int at, double enough) {
    double sum = 0;
    for (int c = 0; c < channels && sum < enough; c++) {
      double off = level[c] - codes[at + c];
      sum += off * off;
    }
    return sum;
  }

  private void remember(
      int s, double[] level, double distance, long seen, float[] numbers, int from) {
    int known = (int) numbers[from];
    int place = known;
    if (known == own()) {
      // Otherwise any, the same on every machine.
      place = rule.spaced ? crowded(numbers, from) : (int) (known * Draw.of(s, "level", seen));
    } else {
      numbers[from] = known + 1;
    }
    int at = from + 1 + place * width();
    for (int c = 0; c < channels; c++) {
      numbers[at + c] = (float) level[c];
    }
    if (rule.spaced) {
      numbers[at + channels] = (float) distance;
    }
  }

  /** The own level that is missed least: the one that lay closest to another when it came. */
  private int crowded(float[] numbers, int from) {
    int crowded = 0;
    for (int k = 1; k < numbers[from]; k++) {
      if (numbers[from + 1 + k * width() + channels]
          < numbers[from + 1 + crowded * width() + channels]) {
        crowded = k;
      }
    }
    return crowded;
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
