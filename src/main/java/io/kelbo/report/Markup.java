package io.kelbo.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Text and numbers as HTML. Everything that came from a file passes through {@link #text}. */
public final class Markup {
  private static final int LONGEST = 120;

  private Markup() {}

  /** Escaped for content and for quoted attributes; long texts are cut. */
  public static String text(String raw) {
    String cut = raw.length() > LONGEST ? raw.substring(0, LONGEST) + "…" : raw;
    StringBuilder out = new StringBuilder(cut.length() + 16);
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c < ' ' ? ' ' : c);
      }
    }
    return out.toString();
  }

  /** Four significant digits, plain where people read it at once, with an exponent elsewhere. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (value == 0 || (size >= 1e-3 && size < 1e7)) {
      BigDecimal rounded = new BigDecimal(value).round(new MathContext(size >= 1e4 ? 7 : 4));
      return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
    return String.format(Locale.ROOT, "%.2e", value);
  }

  /**
   * A number with as many digits as tell it from others so far away; at least {@link #number}'s.
   */
  public static String number(double value, double away) {
    if (!(away > 0) || !(Math.abs(value) > 100 * away) || Math.abs(value) > 1e15) {
      return number(value);
    }
    int decimals = (int) Math.max(0, 1 - Math.floor(Math.log10(away)));
    return new BigDecimal(value)
        .setScale(Math.min(decimals, 9), RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** A probability as people say it: {@code 1 in 3,200}, {@code 1 in 17 million}. */
  public static String oneIn(double p) {
    if (p >= 0.5) {
      return "common";
    }
    if (p > 1e-6) {
      return String.format(Locale.ROOT, "1 in %,.0f", 1 / p);
    }
    if (p > 1e-9) {
      return String.format(Locale.ROOT, "1 in %.0f million", 1e-6 / p);
    }
    // Nobody has seen a billion normal rows: the tail is an extrapolation, not worth its digits.
    return "less than 1 in a billion";
  }

  public static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  public static String count(long n, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? one : many);
  }

  /** A duration in its two largest units. */
  public static String duration(Duration span) {
    long s = Math.max(0, span.toSeconds());
    if (s < 60) {
      return s + " s";
    }
    if (s < 3600) {
      return s / 60 + " min" + (s % 60 == 0 ? "" : " " + s % 60 + " s");
    }
    return s < 86_400
        ? s / 3600 + " h" + (s / 60 % 60 == 0 ? "" : " " + s / 60 % 60 + " min")
        : s / 86_400 + " d" + (s / 3600 % 24 == 0 ? "" : " " + s / 3600 % 24 + " h");
  }

  /**
   * A table.
   *
   * @param head column titles, escaped here
   * @param rows cells that are HTML already
   */
  public static String table(List<String> head, List<List<String>> rows) {
    StringBuilder out = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
    head.forEach(title -> out.append("<th>").append(text(title)).append("</th>"));
    out.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      out.append("<tr>");
      row.forEach(cell -> out.append("<td>").append(cell).append("</td>"));
      out.append("</tr>\n");
    }
    return out.append("</tbody></table></div>\n").toString();
  }

  /** A titled part of the page with a sentence about it. */
  public static String section(String id, String title, String sentence, String body) {
    return "<section id=\"%s\"><h2>%s</h2>\n<p>%s</p>\n%s</section>\n"
        .formatted(id, text(title), sentence, body);
  }
}
