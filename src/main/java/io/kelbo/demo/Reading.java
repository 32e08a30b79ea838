package io.kelbo.demo;

import java.time.Instant;
import java.util.Map;

/**
 * What one pump truly measured at one time: nothing dropped, nothing broken.
 *
 * @param pump counts from 0
 * @param tick how many intervals of {@link Plant#INTERVAL} since the plant began
 * @param values a value for each sensor, rounded as it would be sent
 * @param mode {@code eco}, {@code normal} or {@code boost}
 * @param cooling whether the motor's fan runs
 */
record Reading(int pump, int tick, Map<Sensor, Double> values, String mode, boolean cooling) {
  Reading {
    values = Map.copyOf(values);
  }

  String key() {
    return Plant.name(pump);
  }

  Instant time() {
    return Plant.time(tick);
  }
}
