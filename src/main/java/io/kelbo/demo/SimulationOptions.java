package io.kelbo.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to simulate.
 *
 * @param length how long; null for until Ctrl-C
 * @param rate records a second, all pumps together, from 1 to 100,000
 * @param seed of plant and faults
 */
public record SimulationOptions(@Nullable Duration length, int rate, long seed) {
  public static final int HIGHEST_RATE = 100_000;

  public SimulationOptions {
    if (rate < 1 || rate > HIGHEST_RATE) {
      throw new IllegalArgumentException(
          "the rate is '%d' but must be from 1 to %d records a second"
              .formatted(rate, HIGHEST_RATE));
    }
  }
}
