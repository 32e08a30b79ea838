package io.kelbo.decide;

import io.kelbo.kernel.References;

/**
 * One thread's search among the learned levels of a {@link LevelNovelty}, laid out for the kernels:
 * comparing 512 levels of 38 fields one by one was two thirds of a whole verdict (2026-11-24).
 */
public final class NearestLevel {
  private final References[] codes; // for each time scale
  private final float[] level; // (channels)
  private int place;

  public NearestLevel(LevelNovelty novelty) {
    this.codes = new References[novelty.codes().length];
    this.level = new float[novelty.channels()];
    for (int s = 0; s < codes.length; s++) {
      codes[s] = References.byPoint(novelty.codes()[s], level.length);
    }
  }

  /**
   * Squared distance to the nearest, {@link Float#MAX_VALUE} where none was learned; {@link #place}
   * then says which it is.
   *
   * @param of (channels) standardised
   */
  double find(int scale, double[] of) {
    for (int c = 0; c < level.length; c++) {
      level[c] = (float) of[c];
    }
    place = codes[scale].nearest(level);
    return place < 0 ? Float.MAX_VALUE : codes[scale].squaredDistance(level, place);
  }

  /** Which of the learned levels was found last. */
  int place() {
    return place;
  }
}
