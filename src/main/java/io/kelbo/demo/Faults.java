package io.kelbo.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * When which sensor of which pump breaks, and how. A pure function of its seed and the readings; a
 * pump has one fault at a time and half a day or more of rest between two.
 */
final class Faults {
  /** Rest of a pump between two faults, in ticks: 17 to 43 hours. */
  private static final int SHORTEST_REST = 500;

  private static final int LONGEST_REST = 1300;

  /** The first fault of a pump comes sooner, so that a short demo shows something. */
  private static final int SHORTEST_START = 15;

  private static final int LONGEST_START = 500;

  /** The pump's own; the weather does not break. */
  private static final List<Sensor> SENSORS =
      List.copyOf(EnumSet.complementOf(EnumSet.of(Sensor.AMBIENT)));

  private final SplittableRandom random;
  private final Random shuffle;
  private final int[] next = new int[Plant.PUMPS];
  private final Fault[] active = new Fault[Plant.PUMPS];
  private final List<FaultKind> bag = new ArrayList<>();

  /**
   * @param begin the tick from which faults may come
   */
  Faults(long seed, int begin) {
    random = new SplittableRandom(seed);
    shuffle = new Random(seed);
    for (int p = 0; p < Plant.PUMPS; p++) {
      next[p] = begin + random.nextInt(SHORTEST_START, LONGEST_START);
    }
  }

  /** The fault that this reading falls into, or null. Readings come in the order of the plant. */
  @Nullable Fault at(Reading reading) {
    int pump = reading.pump();
    Fault current = active[pump];
    if (current != null && reading.tick() <= current.lastTick()) {
      return current;
    }
    active[pump] = null;
    if (reading.tick() < next[pump]) {
      return null;
    }
    Fault begun = begin(reading);
    active[pump] = begun;
    next[pump] = begun.lastTick() + 1 + random.nextInt(SHORTEST_REST, LONGEST_REST);
    return begun;
  }

  private Fault begin(Reading reading) {
    FaultKind kind = kind();
    Sensor sensor = sensor();
    int length = random.nextInt(kind.shortest, kind.longest + 1);
    double sign = random.nextBoolean() ? 1 : -1;
    double size =
        switch (kind) {
          case SPIKE -> sign * random.nextDouble(4, 7);
          case LEVEL_SHIFT -> sign * random.nextDouble(2, 3.5);
          case DRIFT -> sign * random.nextDouble(3, 5);
          case BROKEN_CORRELATION -> 1.2;
          case STUCK, SILENT -> 0;
        };
    return new Fault(
        kind,
        reading.pump(),
        sensor,
        reading.tick(),
        reading.tick() + length - 1,
        size,
        random.nextDouble(2 * Math.PI),
        held(reading, sensor));
  }

  private static double held(Reading reading, Sensor sensor) {
    Double value = reading.values().get(sensor);
    if (value == null) {
      throw new IllegalStateException("the plant gave no value for " + sensor);
    }
    return value;
  }

  /** Each kind once before any comes again. */
  private FaultKind kind() {
    if (bag.isEmpty()) {
      bag.addAll(Arrays.asList(FaultKind.values()));
      Collections.shuffle(bag, shuffle);
    }
    return bag.remove(bag.size() - 1);
  }

  private Sensor sensor() {
    return SENSORS.get(random.nextInt(SENSORS.size()));
  }
}
