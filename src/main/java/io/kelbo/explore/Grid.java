package io.kelbo.explore;

import io.kelbo.report.Markup;
import java.util.List;
import java.util.Locale;

/** A table of numbers as colours: blue grows, orange falls, the stronger the more. */
final class Grid {
  private static final int CELL = 44;
  private static final int ROW = 19;
  private static final int LETTER = 6; // pixels of a label's letter, near enough
  private static final int LONGEST = 30; // letters

  private Grid() {}

  /**
   * @param values (rows)(columns) in units where 1 is strong
   * @param strengths (rows)(columns) at least as large; where far larger, the value goes both ways
   */
  static String svg(
      String name,
      List<String> rows,
      List<String> columns,
      List<List<Double>> values,
      List<List<Double>> strengths) {
    int letters = rows.stream().mapToInt(r -> Math.min(LONGEST, r.length())).max().orElse(1);
    int left = 12 + LETTER * letters;
    int width = left + CELL * columns.size() + 4;
    int height = 22 + ROW * rows.size();
    StringBuilder out = new StringBuilder();
    for (int c = 0; c < columns.size(); c++) {
      out.append(
          "<text class=\"tick\" x=\"%d\" y=\"13\" text-anchor=\"middle\">%s</text>\n"
              .formatted(left + CELL * c + CELL / 2, Markup.text(columns.get(c))));
    }
    for (int r = 0; r < rows.size(); r++) {
      int y = 20 + ROW * r;
      String full = rows.get(r);
      String label = full.length() > LONGEST ? full.substring(0, LONGEST - 1) + "…" : full;
      out.append(
          "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
              .formatted(left - 6, y + 13, Markup.text(label)));
      for (int c = 0; c < columns.size(); c++) {
        double value = values.get(r).get(c);
        double strength = Math.abs(strengths.get(r).get(c));
        boolean turns = Math.abs(value) < strength / 2;
        String style = turns ? "turns" : value < 0 ? "falls" : "grows";
        String sign = turns ? "±" : value < 0 ? "−" : "+";
        String shown = String.format(Locale.ROOT, "%s%.1f", sign, strength);
        int x = left + CELL * c;
        out.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"%s\" fill-opacity=\"%.2f\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>%s, %s: %s</title></rect>\n",
                style,
                Math.min(1, strength),
                x,
                y,
                CELL - 2,
                ROW - 2,
                Markup.text(full),
                Markup.text(columns.get(c)),
                shown));
        out.append(
            "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                .formatted(
                    strength > 0.55 ? "cell strong" : "cell",
                    x + CELL / 2 - 1,
                    y + 12,
                    strength < 0.05 ? "" : shown));
      }
    }
    return "<svg viewBox=\"0 0 %d %d\" style=\"max-width:%dpx\" role=\"img\" aria-label=\"%s\">\n%s</svg>\n"
        .formatted(width, height, width * 5 / 4, Markup.text(name), out);
  }
}
