package io.kelbo.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a record's time may be written: ISO-8601, {@code 2020-03-09 10:14:33.5} (UTC), or epoch. */
final class TimeText {
  // Epoch numbers tell their unit by their size: 1e11 s is the year 5138, 1e11 ms is 1973.
  private static final double SECONDS_BELOW = 1e11;
  private static final double MILLIS_BELOW = 1e14;
  private static final double MICROS_BELOW = 1e17;
  private static final double NANOS_BELOW = 1e19;

  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("[ ]['T']HH:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .appendPattern("[ ][XXX][XX][X]")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private TimeText() {}

  /** Reads a leaf; null if it is no time. */
  static @Nullable Instant parse(Object leaf) {
    if (leaf instanceof Number number) {
      return epoch(number.doubleValue());
    }
    if (!(leaf instanceof String text)) {
      return null;
    }
    Instant written = written(text);
    if (written != null) {
      return written;
    }
    double number = NumberText.parse(text);
    return Double.isNaN(number) ? null : epoch(number);
  }

  /** Reads a date and time in words; null if the text is none. */
  static @Nullable Instant written(String text) {
    String stripped = text.strip();
    if (stripped.length() < 10
        || stripped.length() > 40
        || stripped.charAt(4) != '-'
        || stripped.charAt(7) != '-') {
      return null;
    }
    try {
      TemporalAccessor time =
          WRITTEN.parseBest(
              stripped.replace(',', '.'), Instant::from, LocalDateTime::from, LocalDate::from);
      if (time instanceof Instant instant) {
        return instant;
      }
      return time instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : ((LocalDate) time).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  private static @Nullable Instant epoch(double number) {
    double size = Math.abs(number);
    if (size < SECONDS_BELOW) {
      double whole = Math.floor(number);
      return Instant.ofEpochSecond((long) whole, Math.round((number - whole) * 1e9));
    }
    if (size < MILLIS_BELOW) {
      return Instant.ofEpochMilli(Math.round(number));
    }
    if (size < MICROS_BELOW) {
      return ofNanos(number, 1_000_000L);
    }
    return size < NANOS_BELOW / 1.1 ? ofNanos(number, 1_000_000_000L) : null;
  }

  private static Instant ofNanos(double number, long perSecond) {
    long whole = (long) number;
    long seconds = Math.floorDiv(whole, perSecond);
    return Instant.ofEpochSecond(
        seconds, Math.floorMod(whole, perSecond) * (1_000_000_000L / perSecond));
  }
}
