package io.kelbo.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Six pumps that share a demand: a daily cycle, changes of load every hour or two, weather, and
 * noise on each sensor. A pure function of its seed; knows no faults and drops nothing.
 */
final class Plant {
  static final int PUMPS = 6;
  static final Duration INTERVAL = Duration.ofMinutes(2);
  static final int TICKS_PER_DAY = (int) (Duration.ofDays(1).toMinutes() / INTERVAL.toMinutes());

  /**
   * A Friday long ago: brokers refuse times ahead of theirs, and at the demo's pace ours would
   * catch up with a nearer one.
   */
  private static final Instant BEGIN = Instant.parse("2010-01-01T00:00:00Z");

  private final SplittableRandom random;
  private final List<Pump> pumps = new ArrayList<>();
  private final Step sharedLoad = new Step(40, 0.14, 10);
  private double weather;
  private int tick;

  Plant(long seed) {
    random = new SplittableRandom(seed);
    for (int p = 0; p < PUMPS; p++) {
      pumps.add(new Pump(p));
    }
    // A day unseen, so that temperatures have settled when the first record is sent.
    for (int t = -TICKS_PER_DAY; t < 0; t++) {
      advance(t);
    }
  }

  static String name(int pump) {
    return "pump-" + (pump + 1);
  }

  static Instant time(int tick) {
    return BEGIN.plus(INTERVAL.multipliedBy(tick));
  }

  /** The next two minutes: one reading of each pump, in the order of the pumps. */
  List<Reading> next() {
    List<Reading> readings = advance(tick);
    tick++;
    return readings;
  }

  private List<Reading> advance(int t) {
    double hour = 24.0 * Math.floorMod(t, TICKS_PER_DAY) / TICKS_PER_DAY;
    weather = 0.997 * weather + 0.08 * random.nextGaussian(); // sd 1 °C, over half a day
    double ambient = 16 + 5.5 * Math.sin(2 * Math.PI * (hour - 9) / 24) + weather;
    double demand =
        0.55
            + 0.16 * Math.sin(2 * Math.PI * (hour - 8) / 24)
            + 0.05 * Math.sin(4 * Math.PI * (hour - 3) / 24)
            + sharedLoad.next();
    List<Reading> readings = new ArrayList<>(PUMPS);
    for (Pump pump : pumps) {
      readings.add(pump.next(t, demand, ambient));
    }
    return readings;
  }

  /** A level that takes a new target now and then, and approaches it. */
  private final class Step {
    private final int ticksBetween;
    private final double range;
    private final double lag;
    private double target;
    private double level;

    Step(int ticksBetween, double range, double lag) {
      this.ticksBetween = ticksBetween;
      this.range = range;
      this.lag = lag;
    }

    double next() {
      if (random.nextInt(ticksBetween) == 0) {
        target = range * (2 * random.nextDouble() - 1);
      }
      level += (target - level) / lag;
      return level;
    }
  }

  /** One pump: no two are built quite alike. */
  private final class Pump {
    private final int number;
    private final double built = 1 + 0.012 * random.nextGaussian();
    private final double efficiency = 0.72 + 0.01 * random.nextGaussian();
    private final Step ownLoad = new Step(90, 0.07, 8);
    private double wobble;
    private double supply;
    private double motor = 45;
    private double bearing = 40;
    private String mode = "normal";
    private boolean cooling;

    Pump(int number) {
      this.number = number;
    }

    Reading next(int t, double demand, double ambient) {
      wobble = 0.8 * wobble + 0.012 * random.nextGaussian();
      supply = 0.97 * supply + 0.008 * random.nextGaussian();
      double load = Math.max(0.15, Math.min(1.1, demand + ownLoad.next() + wobble));
      mode = mode(load);
      double trim = mode.equals("boost") ? 1.03 : mode.equals("eco") ? 0.97 : 1;
      double speed = (1150 + 420 * load) * trim * built;
      double turns = speed / 1480;
      double flow = 95 * turns * (0.55 + 0.5 * load) * built;
      double inlet = 2.1 - 0.5 * load * load + supply;
      double lift = 5.2 * turns * turns - 1.4 * flow * flow / (95 * 95);
      double power = 2.5 + 0.0278 * flow * lift / efficiency; // 1 m³/h against 1 bar is 27.8 W
      motor += (ambient + 2.4 * power * (cooling ? 0.85 : 1) - motor) / 15;
      cooling = cooling ? motor > 44 : motor > 48;
      bearing += (ambient + 24 * turns * turns - bearing) / 20;

      Map<Sensor, Double> values = new EnumMap<>(Sensor.class);
      put(values, Sensor.SPEED, speed, 4);
      put(values, Sensor.FLOW, flow, 0.6);
      put(values, Sensor.PRESSURE_INLET, inlet, 0.012);
      put(values, Sensor.PRESSURE_OUTLET, inlet + lift, 0.03);
      put(values, Sensor.MOTOR_CURRENT, 1.85 * power, 0.35);
      put(values, Sensor.MOTOR_POWER, power, 0.12);
      put(values, Sensor.MOTOR_TEMPERATURE, motor, 0.3);
      put(values, Sensor.BEARING_TEMPERATURE, bearing, 0.3);
      put(values, Sensor.VIBRATION, 1.1 + 1.7 * Math.pow(turns, 4), 0.06);
      put(values, Sensor.AMBIENT, ambient, 0.2);
      return new Reading(number, t, values, mode, cooling);
    }

    /** Changes only well beyond a limit, so that it does not flutter. */
    private String mode(double load) {
      double eco = mode.equals("eco") ? 0.45 : 0.41;
      double boost = mode.equals("boost") ? 0.68 : 0.72;
      return load < eco ? "eco" : load > boost ? "boost" : "normal";
    }

    private void put(Map<Sensor, Double> values, Sensor sensor, double value, double noise) {
      values.put(sensor, sensor.rounded(value + noise * random.nextGaussian()));
    }
  }
}
