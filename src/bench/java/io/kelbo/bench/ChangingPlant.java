package io.kelbo.bench;

import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Source;
import java.time.Instant;
import java.util.Random;

/**
 * Ten machines of four quantities, two causes and noise, of which the last becomes another for
 * good. The same seed, the same records.
 */
final class ChangingPlant {
  static final int MACHINES = 10;

  /** From this record on the last machine is another. */
  static final int CHANGE = 4_000;

  /** What is added to each of its records while it is broken, in deviations of the noise. */
  static final double FAULT = 16;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final double NOISE = 0.3;
  private static final double KEPT = 0.5;

  final InputLayout layout = Made.layout("load", "flow", "heat", "gap");
  private final Random random;
  private final double times;
  private final double moved;
  private final double[][] causes = new double[MACHINES][2];
  private long offset;

  /**
   * @param times how many times as large the last machine's noise becomes
   * @param moved by how many deviations of the noise its flow moves
   */
  ChangingPlant(double times, double moved, long seed) {
    this.times = times;
    this.moved = moved;
    this.random = new Random(seed);
  }

  /** Of the next record. */
  int machine() {
    return (int) (offset % MACHINES);
  }

  /**
   * The next record, a second after the last; machines take turns.
   *
   * @param broken whether its flow is off by {@link #FAULT}
   */
  Incoming next(boolean broken) {
    int machine = machine();
    boolean changed = machine == MACHINES - 1 && offset >= CHANGE;
    double noise = changed ? times * NOISE : NOISE;
    double[] cause = causes[machine];
    for (int c = 0; c < cause.length; c++) {
      cause[c] = KEPT * cause[c] + Math.sqrt(1 - KEPT * KEPT) * random.nextGaussian();
    }
    double[] numbers = {cause[0], 2 * cause[0], cause[1], cause[0] - cause[1]};
    for (int j = 0; j < numbers.length; j++) {
      numbers[j] += noise * random.nextGaussian();
    }
    numbers[1] += NOISE * ((changed ? moved : 0) + (broken ? FAULT : 0));
    Incoming incoming =
        new Incoming(
            "machine-" + machine,
            START.plusSeconds(offset),
            new Source("changing", 0, offset),
            new Observation(layout.fields(), numbers, new String[numbers.length]));
    offset++;
    return incoming;
  }
}
