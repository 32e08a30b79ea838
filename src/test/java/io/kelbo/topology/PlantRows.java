package io.kelbo.topology;

import java.util.Locale;
import java.util.Random;

/**
 * JSON records of a small plant: three sensors that move together with a slow cycle, a mode and a
 * valve. Row n is always the same.
 */
public final class PlantRows {
  public static final int PUMPS = 6;

  private PlantRows() {}

  /** The pump of a row: they take turns. */
  public static String key(int row) {
    return "pump-" + row % PUMPS;
  }

  /** A normal row; every 40th has no temperature. */
  public static String row(int row) {
    return json(row, 0);
  }

  /** A row whose pressure does not fit the other sensors. */
  public static String strange(int row) {
    return json(row, 9);
  }

  private static String json(int row, double off) {
    Random noise = new Random(7919L * row + 17);
    double load = Math.sin(row / 90.0) + 0.3 * noise.nextGaussian();
    double pressure = 4 + load + 0.05 * noise.nextGaussian() + off;
    double flow = 30 + 5 * load + 0.3 * noise.nextGaussian();
    double temperature = 60 - 8 * load + 0.5 * noise.nextGaussian();
    String mode = load > 0 ? "day" : "night";
    boolean valve = load > -0.5;
    return String.format(
        Locale.ROOT,
        "{\"pressure\": %.4f, \"motor\": {\"flow\": %.4f, \"temperature\": %s}, \"mode\": \"%s\","
            + " \"valve\": %b, \"serial\": \"s-%d\"}",
        pressure,
        flow,
        row % 40 == 7 ? "null" : String.format(Locale.ROOT, "%.4f", temperature),
        mode,
        valve,
        row);
  }
}
