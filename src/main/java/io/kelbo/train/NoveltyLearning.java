package io.kelbo.train;

import io.kelbo.decide.LevelNovelty;
import io.kelbo.decide.Reference;
import io.kelbo.encode.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Learns the levels that a sample shows, and how far from those before each record was. */
final class NoveltyLearning {
  private static final int CODES = 512;
  private static final int MOST_NUMBERS = 16_000; // of one scale's codes
  private static final double REST = 0.2; // of the records learned from
  private static final int MOST_REST = 150;

  private NoveltyLearning() {}

  static LevelNovelty learn(WindowRows rows, Windows windows, long seed) {
    int channels = windows.channels();
    int most = Math.max(16, Math.min(CODES, MOST_NUMBERS / channels));
    int scales = LevelNovelty.SCALES.length;
    List<List<float[]>> codes = new ArrayList<>();
    double[][] distances = new double[scales][rows.size()];
    Random random = new Random(seed);
    for (int s = 0; s < scales; s++) {
      codes.add(new ArrayList<>());
    }
    rows.walk(
        (row, values, sums) -> {
          double[][] levels = levels(windows, values, sums);
          for (int s = 0; s < scales; s++) {
            double distance = distance(codes.get(s), levels[s]);
            distances[s][row] = distance + StrictMath.exp(LevelNovelty.LOW);
            if (distance > LevelNovelty.KNOWN || codes.get(s).isEmpty()) {
              remember(codes.get(s), levels[s], most, random);
            }
          }
        });
    float[][] flat = new float[scales][];
    Reference[] references = new Reference[scales];
    for (int s = 0; s < scales; s++) {
      flat[s] = new float[codes.get(s).size() * channels];
      for (int k = 0; k < codes.get(s).size(); k++) {
        System.arraycopy(codes.get(s).get(k), 0, flat[s], k * channels, channels);
      }
      references[s] =
          Reference.of(
              distances[s],
              LevelNovelty.LOW,
              LevelNovelty.BINS,
              LevelNovelty.MOST_SHAPE,
              LevelNovelty.MEMORY);
    }
    int rest = (int) Math.max(10, Math.min(MOST_REST, REST * rows.size()));
    return new LevelNovelty(channels, flat, references, rest);
  }

  /** (scales, channels): the newest values, and the means of 16. */
  static double[][] levels(Windows windows, double[] values, double[] sums) {
    double[][] levels = new double[LevelNovelty.SCALES.length][windows.channels()];
    windows.levels(values, sums, levels);
    return levels;
  }

  private static double distance(List<float[]> codes, double[] level) {
    double nearest = Double.MAX_VALUE;
    for (float[] code : codes) {
      double sum = 0;
      for (int c = 0; c < level.length && sum < nearest; c++) {
        double off = level[c] - code[c];
        sum += off * off;
      }
      nearest = Math.min(nearest, sum);
    }
    return codes.isEmpty() ? 0 : Math.sqrt(nearest / level.length);
  }

  private static void remember(List<float[]> codes, double[] level, int most, Random random) {
    float[] code = new float[level.length];
    for (int c = 0; c < code.length; c++) {
      code[c] = (float) level[c];
    }
    if (codes.size() < most) {
      codes.add(code);
    } else {
      codes.set(random.nextInt(most), code);
    }
  }
}
