package io.kelbo.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How text becomes a value; each refuses what is not allowed. */
final class Readings {
  private Readings() {}

  static <T> Setting.Reading<T> matching(String pattern, Function<String, T> then) {
    Pattern compiled = Pattern.compile(pattern);
    return text -> {
      if (!compiled.matcher(text).matches()) {
        throw new IllegalArgumentException(text);
      }
      return then.apply(text);
    };
  }

  static Setting.Reading<Integer> whole(int least, int most) {
    return text -> {
      int number = Integer.parseInt(text);
      if (number < least || number > most) {
        throw new IllegalArgumentException(text);
      }
      return number;
    };
  }

  static Setting.Reading<Double> factor(double least, double most) {
    return text -> {
      double number = Double.parseDouble(text);
      if (!(number >= least && number <= most)) {
        throw new IllegalArgumentException(text);
      }
      return number;
    };
  }

  /** The same, or {@code off} for 0. */
  static Setting.Reading<Double> factorOrOff(double least, double most) {
    Setting.Reading<Double> factor = factor(least, most);
    return text -> text.equals("off") ? Double.valueOf(0) : factor.read(text);
  }

  /** Bytes, written as {@code 128 MB} or {@code 2 GB}, in powers of 1024. */
  static Setting.Reading<Long> size(long least, long most) {
    return text -> {
      String number = text.replaceFirst("\\s*[MG]B$", "");
      long bytes =
          Math.multiplyExact(Long.parseLong(number), text.endsWith("GB") ? 1L << 30 : 1L << 20);
      if (number.equals(text) || bytes < least || bytes > most) {
        throw new IllegalArgumentException(text);
      }
      return bytes;
    };
  }

  /** ISO-8601, such as {@code PT10M} or {@code P1D}. */
  static Setting.Reading<Duration> duration(String least, String most) {
    Duration from = Duration.parse(least);
    Duration to = Duration.parse(most);
    return text -> {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(from) < 0 || duration.compareTo(to) > 0) {
        throw new IllegalArgumentException(text);
      }
      return duration;
    };
  }

  /** Elements of a YAML list arrive joined by commas; a comma-separated text is read alike. */
  static <T> Setting.Reading<List<T>> list(Setting.Reading<T> element) {
    return text ->
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(element::read)
            .toList();
  }

  /** A leading {@code ~} is the home directory. */
  static Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("~") || text.startsWith("~/")
        ? Path.of(System.getProperty("user.home") + text.substring(1))
        : Path.of(text);
  }

  /** {@code host:port}, more of them separated by commas. */
  static String servers(String text) {
    for (String server : text.split(",", -1)) {
      int colon = server.lastIndexOf(':');
      int port = Integer.parseInt(server.substring(colon + 1).strip());
      String host = colon < 0 ? "" : server.substring(0, colon).strip();
      if (!host.matches("[^\\s/]+") || port < 1 || port > 65_535) {
        throw new IllegalArgumentException(text);
      }
    }
    return text;
  }
}
