package io.kelbo.kernel;

import java.util.Arrays;

/**
 * Points to look for the nearest of, laid out in blocks so that each is read from memory in one go:
 * (blocks, coordinates, {@value #BLOCK}). Immutable.
 */
public final class References {
  /** Points of a block: a multiple of what any machine's register holds. */
  static final int BLOCK = 64;

  private final int n;
  private final float[] blocks;

  float[] blocks() {
    return blocks;
  }

  private References(int n, float[] blocks) {
    this.n = n;
    this.blocks = blocks;
  }

  /** Of points given one after another, (count, n). */
  public static References byPoint(float[] points, int n) {
    return of(points, n, points.length / n, n, 1);
  }

  /** Of points given coordinate by coordinate, (n, count). */
  public static References byCoordinate(float[] points, int n) {
    return of(points, n, points.length / n, 1, points.length / n);
  }

  private static References of(float[] points, int n, int count, int point, int coordinate) {
    float[] blocks = new float[(count + BLOCK - 1) / BLOCK * BLOCK * n];
    Arrays.fill(blocks, Float.MAX_VALUE); // what fills the last block is farther than any
    for (int m = 0; m < count; m++) {
      for (int i = 0; i < n; i++) {
        blocks[m / BLOCK * BLOCK * n + i * BLOCK + m % BLOCK] = points[m * point + i * coordinate];
      }
    }
    return new References(n, blocks);
  }

  /**
   * Squared distance to the nearest, in single precision; {@link Float#MAX_VALUE} where there is
   * none.
   *
   * @param x (coordinates) finite
   */
  public float squaredDistance(float[] x) {
    return Kernels.best().nearest(x, n, blocks, 0, blocks.length);
  }

  /** Squared distance to one of them, in the bits of {@link #squaredDistance(float[])}. */
  public float squaredDistance(float[] x, int place) {
    return upTo(x, place, Float.POSITIVE_INFINITY);
  }

  /** Which point is the nearest, the first of equals; -1 where there is none. */
  public int nearest(float[] x) {
    float least = Float.MAX_VALUE;
    int in = -1;
    for (int block = 0; block < blocks.length; block += n * BLOCK) {
      float squared = Kernels.best().nearest(x, n, blocks, block, block + n * BLOCK);
      if (squared < least) {
        least = squared;
        in = block / n;
      }
    }
    int place = in;
    while (place >= 0 && upTo(x, place, least) > least) {
      place++;
    }
    return place;
  }

  /** Adds up only until it is more than {@code enough}. */
  private float upTo(float[] x, int place, float enough) {
    int at = place / BLOCK * BLOCK * n + place % BLOCK;
    float sum = 0;
    for (int i = 0; i < n && sum <= enough; i++) {
      float off = x[i] - blocks[at + i * BLOCK];
      sum = Math.fma(off, off, sum);
    }
    return sum;
  }
}
