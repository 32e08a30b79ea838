package io.kelbo.sample;

import java.nio.charset.StandardCharsets;

/**
 * The lot that a run of records draws: a uniform number that depends on what the run is and on
 * nothing else, so that any two processes, and any order of arrival, keep the same runs.
 */
public final class Draw {
  /** Records of one entity that share a lot, so that whole runs survive the thinning. */
  public static final int RUN = 512;

  private Draw() {}

  /**
   * A uniform number in [0, 1).
   *
   * @param block which run of {@link #RUN} records of the entity, counted from 0
   */
  public static double of(long seed, String entity, long block) {
    long hash = mix(seed ^ 0x9E3779B97F4A7C15L);
    for (byte b : entity.getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash ^ b);
    }
    return (mix(hash ^ mix(block)) >>> 11) * 0x1.0p-53;
  }

  // The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every input bit moves every output bit.
  private static long mix(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
