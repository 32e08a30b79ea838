package io.kelbo.report;

import java.util.Locale;

/**
 * One picture as SVG. Coordinates are given in the data's own units; colours are classes of the
 * page's style sheet, so that light and dark need no second picture.
 */
public final class Chart {
  private static final int RIGHT = 12;
  private static final int BOTTOM = 22;

  private final int width;
  private final int height;
  private final int left;
  private final int top;
  private final double fromX;
  private final double toX;
  private final double fromY;
  private final double toY;
  private final StringBuilder under = new StringBuilder();
  private final StringBuilder over = new StringBuilder();

  /** A range of an axis; an empty one is widened, so that a constant still has a place. */
  public record Range(double from, double to) {
    public Range {
      if (!(to > from)) {
        double pad = Math.max(Math.abs(from) * 0.05, 0.5);
        from = from - pad;
        to = from + 2 * pad;
      }
    }
  }

  /**
   * @param left room for the labels of the y axis
   */
  public Chart(int width, int height, int left, Range x, Range y) {
    this.width = width;
    this.height = height;
    this.left = left;
    this.top = 8;
    this.fromX = x.from();
    this.toX = x.to();
    this.fromY = y.from();
    this.toY = y.to();
  }

  private String x(double value) {
    return place(left + (value - fromX) / (toX - fromX) * (width - left - RIGHT));
  }

  private String y(double value) {
    double clipped = Math.max(fromY, Math.min(toY, value));
    return place(height - BOTTOM - (clipped - fromY) / (toY - fromY) * (height - BOTTOM - top));
  }

  private static String place(double pixels) {
    String text = String.format(Locale.ROOT, "%.1f", pixels);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** A mark of the y axis with a faint line across. */
  public Chart markY(double value, String label) {
    under.append(
        "<path class=\"grid\" d=\"M%d %sH%d\"/><text class=\"tick\" x=\"%d\" y=\"%s\" text-anchor=\"end\" dy=\"3\">%s</text>\n"
            .formatted(left, y(value), width - RIGHT, left - 5, y(value), Markup.text(label)));
    return this;
  }

  /** A mark of the x axis; the label stays inside the picture. */
  public Chart markX(double value, String label) {
    double share = (value - fromX) / (toX - fromX);
    String anchor = share < 0.08 ? "start" : share > 0.92 ? "end" : "middle";
    under.append(
        "<text class=\"tick\" x=\"%s\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
            .formatted(x(value), height - 6, anchor, Markup.text(label)));
    return this;
  }

  /** A stretch of the x axis over the whole height, at least as wide as can be seen. */
  public Chart span(double from, double to, String style, String title) {
    double begin = Double.parseDouble(x(from));
    double wide = Math.max(width > 500 ? 2 : 0.7, Double.parseDouble(x(to)) - begin);
    under.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"><title>%s</title></rect>\n"
            .formatted(
                style, place(begin), top, place(wide), height - BOTTOM - top, Markup.text(title)));
    return this;
  }

  /** A stretch of the x axis as a strip along it. */
  public Chart strip(double from, double to, String style) {
    double begin = Double.parseDouble(x(from));
    double wide = Math.max(1.5, Double.parseDouble(x(to)) - begin);
    over.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"5\"/>\n"
            .formatted(style, place(begin), height - BOTTOM - 5, place(wide)));
    return this;
  }

  /** A line through points; it breaks where y is not a number. */
  public Chart line(double[] xs, double[] ys, String style) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < xs.length; i++) {
      if (Double.isNaN(ys[i])) {
        drawing = false;
        continue;
      }
      boolean alone = !drawing && (i + 1 == xs.length || Double.isNaN(ys[i + 1]));
      path.append(drawing ? 'L' : 'M').append(x(xs[i])).append(' ').append(y(ys[i]));
      path.append(alone ? "h.1" : "");
      drawing = true;
    }
    over.append("<path class=\"line %s\" d=\"%s\"/>\n".formatted(style, path));
    return this;
  }

  /** The area between two lines; it breaks where one of them is not a number. */
  public Chart band(double[] xs, double[] low, double[] high, String style) {
    StringBuilder path = new StringBuilder();
    int from = 0;
    for (int i = 0; i <= xs.length; i++) {
      if (i == xs.length || Double.isNaN(low[i]) || Double.isNaN(high[i])) {
        area(path, xs, low, high, from, i);
        from = i + 1;
      }
    }
    under.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(style, path));
    return this;
  }

  private void area(
      StringBuilder path, double[] xs, double[] low, double[] high, int from, int to) {
    if (to <= from) {
      return;
    }
    for (int i = from; i < to; i++) {
      path.append(i == from ? 'M' : 'L').append(x(xs[i])).append(' ').append(y(high[i]));
    }
    for (int i = to - 1; i >= from; i--) {
      path.append('L').append(x(xs[i])).append(' ').append(y(low[i]));
    }
    path.append('Z');
  }

  /** A dot with a text that appears under the pointer. */
  public Chart dot(double x, double y, String style, String title) {
    over.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3\"><title>%s</title></circle>\n"
            .formatted(style, x(x), y(y), Markup.text(title)));
    return this;
  }

  /** A short text beside a point. */
  public Chart label(double x, double y, String text) {
    over.append(
        "<text class=\"tick\" x=\"%s\" y=\"%s\" dx=\"6\" dy=\"-5\">%s</text>\n"
            .formatted(x(x), y(y), Markup.text(text)));
    return this;
  }

  /** The name of a line in its colour, in the top left corner; {@code place} counts from 0. */
  public Chart key(int place, String style, String text) {
    String cut = text.length() > 28 ? text.substring(0, 27) + "…" : text;
    over.append(
        "<text class=\"key %s\" x=\"%d\" y=\"%d\">%s</text>\n"
            .formatted(style, left + 6, top + 10 + 13 * place, Markup.text(cut)));
    return this;
  }

  /**
   * @param name what it shows, for those who cannot see it
   */
  public String svg(String name) {
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n%s%s<path class=\"axis\" d=\"M%d %dV%dH%d\"/></svg>\n"
        .formatted(
            width,
            height,
            Markup.text(name),
            under,
            over,
            left,
            top,
            height - BOTTOM,
            width - RIGHT);
  }
}
