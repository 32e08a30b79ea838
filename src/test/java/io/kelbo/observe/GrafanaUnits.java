package io.kelbo.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as Grafana shows them, in the units that the dashboards use; others are refused. */
final class GrafanaUnits {
  private GrafanaUnits() {}

  /** A number as Grafana shows it in the panel's unit. */
  static String shown(JsonNode defaults, double value) {
    if (defaults.has("decimals")) {
      return "%.0f".formatted(value);
    }
    return shown(defaults.path("unit").asText(), value);
  }

  static String shown(String unit, double value) {
    if (unit.startsWith("suffix:")) {
      return scaled(value, 1000, "", " K", " Mil") + " " + unit.substring(7);
    }
    return switch (unit) {
      case "none" -> number(value);
      case "short" -> scaled(value, 1000, "", " K", " Mil", " Bil");
      case "sci" -> "%.1e".formatted(value);
      case "percentunit" -> number(100 * value) + "%";
      case "bytes" -> scaled(value, 1024, " B", " KiB", " MiB", " GiB", " TiB");
      case "ms" -> value >= 1000 ? number(value / 1000) + " s" : number(value) + " ms";
      case "s" -> seconds(value);
      default -> throw new IllegalStateException("the unit '" + unit + "' cannot be shown");
    };
  }

  private static String seconds(double value) {
    double size = Math.abs(value);
    if (size != 0 && size < 1) {
      return size < 1e-3 ? number(value * 1e6) + " µs" : number(value * 1e3) + " ms";
    }
    if (size < 60) {
      return number(value) + " s";
    }
    return size < 3600
        ? number(value / 60) + " mins"
        : size < 86_400 ? number(value / 3600) + " hours" : number(value / 86_400) + " days";
  }

  private static String scaled(double value, double by, String... units) {
    int step = 0;
    double rest = value;
    while (Math.abs(rest) >= by && step + 1 < units.length) {
      rest /= by;
      step++;
    }
    return number(rest) + units[step];
  }

  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
