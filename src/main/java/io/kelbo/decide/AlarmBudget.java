package io.kelbo.decide;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user's one knob: how many false alarms (opened episodes, whole application) are wanted, per
 * time or per record.
 */
public sealed interface AlarmBudget {
  /** What is wanted where nothing is said. */
  String DEFAULT = "5 per day";

  Pattern PER_TIME =
      Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s+per\\s+(minute|hour|day|week|month)\\s*");

  // As people write numbers; what Java reads beside them (0x1p-4, 0.1f, NaN) is a slip.
  Pattern SHARE = Pattern.compile("\\s*[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]{1,3})?\\s*");

  double MOST_SHARE = 0.5;
  double MOST_COUNT = 1e9;

  /** {@code count} alarms each {@code per}. */
  record PerTime(double count, Duration per) implements AlarmBudget {
    public PerTime {
      if (!(count > 0 && count <= MOST_COUNT) || per.toMillis() <= 0) {
        throw new IllegalArgumentException(
            "'%s per %s' is no alarm budget: count and time must be above 0, the count at most %s"
                .formatted(count, per, MOST_COUNT));
      }
    }

    @Override
    public String toString() {
      return number(count) + " per " + unit(per);
    }
  }

  /** A share of records, in (0, 0.5]. */
  record PerRecord(double share) implements AlarmBudget {
    public PerRecord {
      if (!(share > 0 && share <= MOST_SHARE)) {
        throw new IllegalArgumentException(
            "'%s' is no alarm budget: a share of records must lie above 0 and up to %s"
                .formatted(share, MOST_SHARE));
      }
    }

    @Override
    public String toString() {
      return number(share);
    }
  }

  /**
   * The wanted share of records that open a false alarm.
   *
   * @param recordsPerDay records a day, whole application; positive
   */
  default double perRecord(double recordsPerDay) {
    if (this instanceof PerTime time) {
      double perDay = time.count() * Duration.ofDays(1).toMillis() / time.per().toMillis();
      return Math.min(MOST_SHARE, perDay / recordsPerDay);
    }
    return ((PerRecord) this).share();
  }

  /**
   * Reads {@code 5 per day} or {@code 0.001}.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  static AlarmBudget of(String text) {
    Matcher matcher = PER_TIME.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      double count = Double.parseDouble(matcher.group(1));
      if (count > 0 && count <= MOST_COUNT) {
        return new PerTime(count, duration(matcher.group(2)));
      }
    } else if (SHARE.matcher(text).matches()) {
      double share = Double.parseDouble(text.strip());
      if (share > 0 && share <= MOST_SHARE) {
        return new PerRecord(share);
      }
    }
    throw refused(text);
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        ("'%s' is not an alarm budget: write false alarms per time, such as '5 per day'"
                + " (minute, hour, day, week, month), or a share of records above 0 and up to 0.5,"
                + " such as 0.001")
            .formatted(text));
  }

  private static Duration duration(String unit) {
    return switch (unit) {
      case "minute" -> Duration.ofMinutes(1);
      case "hour" -> Duration.ofHours(1);
      case "day" -> Duration.ofDays(1);
      case "week" -> Duration.ofDays(7);
      default -> Duration.ofDays(30);
    };
  }

  private static String unit(Duration per) {
    if (per.equals(Duration.ofMinutes(1))) {
      return "minute";
    }
    if (per.equals(Duration.ofHours(1))) {
      return "hour";
    }
    if (per.equals(Duration.ofDays(1))) {
      return "day";
    }
    return per.equals(Duration.ofDays(7)) ? "week" : "month";
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
