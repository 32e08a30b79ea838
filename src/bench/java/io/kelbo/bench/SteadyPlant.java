package io.kelbo.bench;

import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Source;
import java.time.Instant;
import java.util.Random;

/**
 * Days without a fault: machines that send four quantities a minute each, moved by the time of day,
 * by a cause of their own that lasts some minutes (AR(1)), and by noise. The same seed, the same
 * records.
 */
final class SteadyPlant {
  static final int A_DAY = 1440; // records of one machine

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final InputLayout layout = Made.layout("load", "flow", "heat", "noise");
  private final Random random;
  private final double keep;
  private final double[] cause;
  private long offset;

  /**
   * @param keep how much of a machine's own cause is there a minute later, in [0, 1)
   */
  SteadyPlant(int machines, double keep, long seed) {
    this.random = new Random(seed);
    this.keep = keep;
    this.cause = new double[machines];
  }

  int machines() {
    return cause.length;
  }

  /** The next record; machines take turns, the round lasts a minute. */
  Incoming next() {
    int machine = (int) (offset % cause.length);
    long minute = offset / cause.length;
    double day = Math.sin(2 * Math.PI * minute / A_DAY);
    cause[machine] = keep * cause[machine] + Math.sqrt(1 - keep * keep) * random.nextGaussian();
    double load = 50 + 10 * day + 4 * cause[machine] + 0.1 * machine;
    double[] numbers = {
      load + random.nextGaussian(),
      0.6 * load + random.nextGaussian(),
      20 + 0.2 * load + 0.5 * random.nextGaussian(),
      random.nextGaussian()
    };
    Incoming incoming =
        new Incoming(
            "machine-" + machine,
            START.plusSeconds(60 * minute + 60L * machine / cause.length),
            new Source("steady", 0, offset),
            new Observation(layout.fields(), numbers, new String[numbers.length]));
    offset++;
    return incoming;
  }
}
