package io.kelbo.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the simulator knows and the detector does not: the injected faults, and the values that were
 * dropped. Written by the feed, read by whoever keeps the score; safe for threads.
 */
final class Truth {
  private final List<Fault> faults = new ArrayList<>();
  private final Map<Cell, Double> dropped = new HashMap<>();
  private final Map<Sensor, Moments> spread = new EnumMap<>(Sensor.class);
  private final boolean keepsDropped;
  private Instant newest = Instant.MIN;

  /** One value of one record. */
  private record Cell(String pump, Instant time, Sensor sensor) {}

  Truth() {
    this(true);
  }

  private Truth(boolean keepsDropped) {
    this.keepsDropped = keepsDropped;
  }

  /** Remembers the faults only: for a simulation without end, whose values nobody asks for. */
  static Truth ofFaultsOnly() {
    return new Truth(false);
  }

  synchronized void began(Fault fault) {
    faults.add(fault);
  }

  /** A value was left out at random, though its sensor worked. */
  synchronized void dropped(Reading reading, Sensor sensor, double value) {
    if (keepsDropped) {
      dropped.put(new Cell(reading.key(), reading.time(), sensor), value);
    }
  }

  /** The reading as it truly was. */
  synchronized void produced(Reading reading) {
    reading
        .values()
        .forEach((sensor, value) -> spread.computeIfAbsent(sensor, s -> new Moments()).add(value));
    newest = reading.time();
  }

  /**
   * The error of a filled value in standard deviations of its sensor's true values; NaN where
   * nothing was dropped at random. Asked once: the cell is forgotten then.
   */
  synchronized double error(String pump, Instant time, Sensor sensor, double filled) {
    Double value = dropped.remove(new Cell(pump, time, sensor));
    Moments moments = spread.get(sensor);
    return value == null || moments == null ? Double.NaN : (filled - value) / moments.sd();
  }

  /** All faults that have begun so far, in order of their begin. */
  synchronized List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** Time of the newest reading produced. */
  synchronized Instant newest() {
    return newest;
  }

  /** Running mean and variance (Welford). */
  private static final class Moments {
    private long n;
    private double mean;
    private double squares;

    void add(double x) {
      n++;
      double d = x - mean;
      mean += d / n;
      squares += d * (x - mean);
    }

    double sd() {
      return Math.sqrt(squares / n);
    }
  }
}
