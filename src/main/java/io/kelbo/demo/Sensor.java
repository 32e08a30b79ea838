package io.kelbo.demo;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a pump of the plant measures. The detector does not see this: it gets JSON.
 *
 * <p>Centre and spread are the mean and standard deviation over days of normal running; faults are
 * sized by them, and a test keeps them true.
 */
enum Sensor {
  SPEED("speed", "rpm", 0, 1382, 91),
  FLOW("flow", "m3/h", 1, 74, 11),
  PRESSURE_INLET("pressure.inlet", "bar", 3, 1.93, 0.09),
  PRESSURE_OUTLET("pressure.outlet", "bar", 2, 5.6, 0.26),
  MOTOR_CURRENT("motor.current", "A", 1, 24, 5),
  MOTOR_POWER("motor.power", "kW", 2, 13, 2.7),
  MOTOR_TEMPERATURE("motor.temperature", "C", 1, 45, 7),
  BEARING_TEMPERATURE("bearing.temperature", "C", 1, 37, 6.2),
  VIBRATION("vibration", "mm/s", 2, 2.5, 0.4),
  AMBIENT("ambient", "C", 1, 16, 4.5);

  private static final Map<String, Sensor> BY_PATH =
      Arrays.stream(values()).collect(Collectors.toMap(s -> s.path, s -> s));

  /** Dotted path in the JSON. */
  final String path;

  /** Plain ASCII: not every terminal shows more. */
  final String unit;

  final int decimals;
  final double centre;
  final double spread;

  Sensor(String path, String unit, int decimals, double centre, double spread) {
    this.path = path;
    this.unit = unit;
    this.decimals = decimals;
    this.centre = centre;
    this.spread = spread;
  }

  /** The sensor of a dotted path; null where it is none, such as the mode. */
  static @Nullable Sensor of(String path) {
    return BY_PATH.get(path);
  }

  /** A value as the sensor would send it, rounded to its decimals. */
  double rounded(double value) {
    double scale = Math.pow(10, decimals);
    return Math.rint(value * scale) / scale;
  }
}
