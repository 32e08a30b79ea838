package io.kelbo.train;

import io.kelbo.decide.LevelNovelty;
import io.kelbo.decide.LevelRule;
import io.kelbo.decide.Reference;
import io.kelbo.encode.Windows;
import java.util.Arrays;
import java.util.Random;

/** Learns the levels that a sample shows, and how new each was among those before it. */
final class NoveltyLearning {
  private static final LevelRule RULE = LevelRule.SPACING;
  private static final int CODES = 512;
  private static final int MOST_NUMBERS = 16_000; // of one scale's codes
  private static final double REST = 0.3; // of the records learned from
  private static final int MOST_REST = 225;

  private final int channels;
  private final Random random;
  private final float[] codes; // (most, channels)
  private final float[] spacings; // (most)
  private int count;

  private NoveltyLearning(int channels, Random random) {
    this.channels = channels;
    this.random = random;
    int most = Math.max(16, Math.min(CODES, MOST_NUMBERS / channels));
    this.codes = new float[most * channels];
    this.spacings = new float[most];
  }

  /**
   * @param own whether the slower level of a row is of its own run alone; what is filled up with
   *     the first record would be a level that never was
   */
  static LevelNovelty learn(WindowRows rows, boolean[] own, Windows windows, long seed) {
    int channels = windows.channels();
    Random random = new Random(seed);
    NoveltyLearning[] scales = new NoveltyLearning[LevelNovelty.SCALES];
    Arrays.setAll(scales, s -> new NoveltyLearning(channels, random));
    double[][] novelties = new double[scales.length][rows.size()];
    double[][] levels = new double[scales.length][channels];
    rows.walk(
        (row, values, sums) -> {
          windows.levels(values, sums, RULE.records, levels);
          for (int s = 0; s < scales.length; s++) {
            novelties[s][row] =
                s > 0 && !own[row]
                    ? Double.NaN
                    : scales[s].novelty(levels[s]) + StrictMath.exp(LevelNovelty.LOW);
          }
        });
    float[][] flat = new float[scales.length][];
    float[][] spacings = new float[scales.length][];
    Reference[] references = new Reference[scales.length];
    for (int s = 0; s < scales.length; s++) {
      flat[s] = Arrays.copyOf(scales[s].codes, scales[s].count * channels);
      spacings[s] = Arrays.copyOf(scales[s].spacings, scales[s].count);
      references[s] =
          Reference.of(
              Arrays.stream(novelties[s]).filter(v -> !Double.isNaN(v)).toArray(),
              LevelNovelty.LOW,
              LevelNovelty.BINS,
              LevelNovelty.MOST_SHAPE,
              LevelNovelty.MEMORY);
    }
    int rest = (int) Math.max(10, Math.min(MOST_REST, REST * rows.size()));
    return new LevelNovelty(RULE, channels, flat, spacings, references, rest);
  }

  /** How new a level is; it is remembered if it is, as {@link LevelNovelty} does. */
  private double novelty(double[] level) {
    double nearest = Double.MAX_VALUE;
    int place = -1;
    for (int k = 0; k < count; k++) {
      double sum = 0;
      for (int c = 0; c < channels && sum < nearest; c++) {
        double off = level[c] - codes[k * channels + c];
        sum += off * off;
      }
      if (sum < nearest) {
        nearest = sum;
        place = k;
      }
    }
    double distance = place < 0 ? 0 : Math.sqrt(nearest / channels);
    double novelty = RULE.novelty(distance, place < 0 ? 0 : spacings[place]);
    if (place < 0 || distance > RULE.known) {
      if (place >= 0) {
        spacings[place] = Math.min(spacings[place], (float) distance);
      }
      remember(level, (float) distance);
    }
    return novelty;
  }

  private void remember(double[] level, float distance) {
    int place = count < spacings.length ? count++ : random.nextInt(count);
    for (int c = 0; c < channels; c++) {
      codes[place * channels + c] = (float) level[c];
    }
    spacings[place] = distance;
  }
}
