package io.kelbo.demo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One injected fault: the ground truth.
 *
 * @param firstTick the first record it changes
 * @param lastTick the last record it changes
 * @param size how far it goes, in spreads of the sensor, with sign; its meaning is the kind's
 * @param phase in radians, of a wandering that follows no other sensor
 * @param held what a stuck sensor shows
 */
record Fault(
    FaultKind kind,
    int pump,
    Sensor sensor,
    int firstTick,
    int lastTick,
    double size,
    double phase,
    double held) {

  String key() {
    return Plant.name(pump);
  }

  Instant from() {
    return Plant.time(firstTick);
  }

  /** Time of the last record that it changes. */
  Instant to() {
    return Plant.time(lastTick);
  }

  /** What the sensor sends instead of {@code value}; null for nothing. */
  @Nullable Double distorted(int tick, double value) {
    double spread = sensor.spread;
    int k = tick - firstTick;
    return switch (kind) {
      case SPIKE, LEVEL_SHIFT -> sent(value + size * spread);
      case DRIFT -> sent(value + size * spread * (k + 1) / (lastTick - firstTick + 1));
      case STUCK -> held;
      case SILENT -> null;
      // As wide as the sensor usually moves, at two speeds, and deaf to what the pump does.
      case BROKEN_CORRELATION ->
          sent(
              sensor.centre
                  + size
                      * spread
                      * (Math.sin(phase + 2 * Math.PI * k / 34)
                          + 0.5 * Math.sin(2 * phase + 2 * Math.PI * k / 13)));
    };
  }

  /** No sensor of a pump shows less than nothing, broken or not. */
  private double sent(double value) {
    return sensor.rounded(Math.max(0, value));
  }
}
