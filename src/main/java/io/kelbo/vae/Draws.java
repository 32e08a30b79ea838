package io.kelbo.vae;

import io.kelbo.kernel.Logarithm;

/**
 * Random numbers for one row in one epoch: a stream of its own, so that they do not depend on which
 * thread takes the row. SplitMix64 (Steele, Lea, Flood 2014); normal ones by Marsaglia's polar
 * method. Allocates nothing.
 */
final class Draws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  private long state;
  private double spare;
  private boolean spared;

  /** Begins the stream of a row in an epoch. */
  void begin(long seed, int epoch, int row) {
    state = mixed(mixed(seed) + mixed(((long) epoch << 32) + row));
    spared = false;
  }

  private static long mixed(long seed) {
    long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** In [0, 1). */
  double uniform() {
    state += GOLDEN;
    return (mixed(state) >>> 11) * TWO_TO_MINUS_53;
  }

  /** Standard normal. */
  double normal() {
    if (spared) {
      spared = false;
      return spare;
    }
    while (true) {
      double u = 2 * uniform() - 1;
      double v = 2 * uniform() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        double scale = Math.sqrt(-2 * Logarithm.log(s) / s);
        spare = v * scale;
        spared = true;
        return u * scale;
      }
    }
  }
}
