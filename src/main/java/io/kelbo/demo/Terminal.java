package io.kelbo.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the person at the terminal reads. One line at a time, whichever thread it comes from. */
final class Terminal {
  private final PrintWriter out;
  private final long began;

  /**
   * @param began {@link System#nanoTime} at the demo's start
   */
  Terminal(PrintWriter out, long began) {
    this.out = out;
    this.began = began;
  }

  synchronized void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** What the demo itself does, with the seconds since its start. */
  void step(String format, Object... arguments) {
    line(
        "%5.1f s  %s",
        (System.nanoTime() - began) / 1e9, String.format(Locale.ROOT, format, arguments));
  }

  /** An opened episode, and what the simulator knows of it. */
  void alarm(Alarm alarm, Optional<Fault> fault) {
    line(
        "  %s  %s  %-64s  %-30s  %s",
        when(alarm.time()),
        alarm.pump(),
        what(alarm),
        rarity(alarm.pValue()),
        fault.map(f -> "[" + f.kind().words + "]").orElse("[nothing was injected]"));
  }

  void lifecycle(String kind, int version, String reason) {
    switch (kind) {
      case "promoted" -> step("model %d scores from now on: %s", version, reason);
      case "rejected" -> step("a new model was trained and not taken: %s", reason);
      default -> step("model %s: %s", kind.replace('_', ' '), reason);
    }
  }

  /** Plant time as {@code day 3 14:26}. */
  static String when(Instant time) {
    Duration since = Duration.between(Plant.time(0), time);
    return String.format(
        Locale.ROOT,
        "day %2d %02d:%02d",
        since.toDays() + 1,
        since.toHoursPart(),
        since.toMinutesPart());
  }

  /** A p-value as {@code once in 12,000 records}; two figures, more would be pretence. */
  static String rarity(double pValue) {
    if (!(pValue > 0)) {
      return "";
    }
    double every = 1 / pValue;
    if (every > 1e9) {
      return "once in over a billion records";
    }
    double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(every)) - 1));
    return String.format(
        Locale.ROOT, "once in %,d records", Math.round(every / unit) * (long) unit);
  }

  private static String what(Alarm alarm) {
    Alarm.Finding finding = alarm.finding();
    if (finding == null) {
      return "";
    }
    Sensor sensor = Sensor.of(finding.field());
    String value = finding.value();
    String seen = value == null ? "missing" : measured(sensor, value);
    String interval =
        Double.isNaN(finding.low())
            ? ""
            : " (%s to %s)"
                .formatted(figure(sensor, finding.low()), figure(sensor, finding.high()));
    return "%-20s %s, expected %s%s"
        .formatted(finding.field(), seen, figure(sensor, finding.expected()), interval);
  }

  private static String measured(@Nullable Sensor sensor, String value) {
    return sensor == null ? value : figure(sensor, value) + " " + sensor.unit;
  }

  /** In the sensor's own decimals; a flag or a category as it is. */
  private static String figure(@Nullable Sensor sensor, String value) {
    return sensor == null ? value : figure(sensor, Double.parseDouble(value));
  }

  private static String figure(@Nullable Sensor sensor, double value) {
    int decimals = sensor == null ? 2 : sensor.decimals;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
