package io.kelbo.decide;

import io.kelbo.kernel.Kernels;

/**
 * One thread's search among the learned levels of a {@link LevelNovelty}, laid out for the kernels:
 * comparing 512 levels of 38 fields one by one was two thirds of a whole verdict (2026-11-24).
 */
public final class NearestLevel {
  private final float[][] codes; // for each time scale (channels, count)
  private final float[] level; // (channels)
  private final float[] distances; // (count)

  public NearestLevel(LevelNovelty novelty) {
    int channels = novelty.channels();
    this.codes = new float[novelty.codes().length][];
    this.level = new float[channels];
    int most = 0;
    for (int s = 0; s < codes.length; s++) {
      float[] learned = novelty.codes()[s];
      int count = learned.length / channels;
      codes[s] = new float[learned.length];
      for (int k = 0; k < count; k++) {
        for (int c = 0; c < channels; c++) {
          codes[s][c * count + k] = learned[k * channels + c];
        }
      }
      most = Math.max(most, count);
    }
    this.distances = new float[most];
  }

  /**
   * Squared distance to the nearest, {@link Double#MAX_VALUE} where none was learned.
   *
   * @param of (channels) standardised
   */
  double squared(int scale, double[] of) {
    int count = codes[scale].length / level.length;
    if (count == 0) {
      return Double.MAX_VALUE;
    }
    for (int c = 0; c < level.length; c++) {
      level[c] = (float) of[c];
    }
    Kernels.best().squaredDistances(level, 0, level.length, codes[scale], 0, count, distances, 0);
    return Kernels.smallest(distances, count);
  }
}
