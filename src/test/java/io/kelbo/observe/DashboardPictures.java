package io.kelbo.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.report.Chart;
import io.kelbo.report.Markup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The dashboards as one HTML page, each panel in its place with what its queries answer: to see
 * them where there is no Grafana. It knows the kinds of panels and units that the dashboards use.
 */
public final class DashboardPictures {
  private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final List<String> COLOURS =
      List.of(
          "#73bf69", "#f2cc0c", "#8ab8ff", "#ff780a", "#f2495c", "#5794f2", "#b877d9", "#a3bedb");

  /** Pixels of one of the 24 columns on a screen 1,920 wide, with the gap after it. */
  private static final int COLUMN = 79;

  private static final String STYLE =
      """
      body { background: #111217; color: #ccccdc; font: 13px system-ui, sans-serif; margin: 8px; }
      .board { display: grid; grid-template-columns: repeat(24, 1fr); grid-auto-rows: 30px; gap: 8px; }
      .panel { background: #181b1f; border: 1px solid #2c2e33; padding: 4px 8px; overflow: hidden; }
      .big { font-size: 30px; text-align: center; margin-top: 14px; } pre { white-space: pre-wrap; } .none { text-align: center; margin-top: 30px; }
      svg { display: block; width: 100%; } .line { fill: none; stroke-width: 1.2; } .grid { stroke: #33363c; }
      .axis { fill: none; stroke: #55585e; } text.tick { fill: #9a9aab; font-size: 10px; } .key { margin-right: 10px; }
      .bar { background: #2c2e33; margin: 3px 0; } .bar div { padding: 1px 6px; white-space: nowrap; text-shadow: 0 0 3px black; color: white; }
      """;

  private final Prometheus prometheus;
  private final long from;
  private final long to;

  private DashboardPictures(Prometheus prometheus, long from, long to) {
    this.prometheus = prometheus;
    this.from = from;
    this.to = to;
  }

  /** Writes the page; {@code from} and {@code to} are in seconds since 1970. */
  public static void write(Path file, Prometheus prometheus, long from, long to)
      throws IOException, InterruptedException {
    DashboardPictures pictures = new DashboardPictures(prometheus, from, to);
    StringBuilder page = new StringBuilder("<!doctype html><meta charset=utf-8><style>" + STYLE);
    for (int i = 0; i < COLOURS.size(); i++) {
      page.append(
          ".line.s%d{stroke:%s}.k%d{color:%s}".formatted(i, COLOURS.get(i), i, COLOURS.get(i)));
    }
    page.append("</style>");
    for (Path dashboard : Dashboards.files()) {
      JsonNode json = Dashboards.read(dashboard);
      page.append("<h1>" + Markup.text(json.path("title").asText()) + "</h1><div class=board>");
      for (JsonNode panel : json.path("panels")) {
        page.append(Dashboards.isRow(panel) ? row(panel) : pictures.panel(panel));
        for (JsonNode folded : panel.path("panels")) {
          page.append(pictures.panel(folded));
        }
      }
      page.append("</div>");
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, page.toString());
  }

  /** Unfolded, as after a click on it. */
  private static String row(JsonNode row) {
    return "<div style='grid-area:%d/1/span 1/span 24'>⌄ %s</div>\n"
        .formatted(row.at("/gridPos/y").asInt() + 1, Markup.text(row.path("title").asText()));
  }

  private String panel(JsonNode panel) throws InterruptedException {
    JsonNode at = panel.path("gridPos");
    String body =
        switch (panel.path("type").asText()) {
          case "stat" -> stat(panel);
          case "bargauge" -> bars(panel);
          case "timeseries" -> lines(panel);
          case "text" -> text(panel.at("/options/content").asText());
          default -> throw new IllegalStateException("no picture of a " + panel.path("type"));
        };
    return "<div class=panel style='grid-area:%d/%d/span %d/span %d' title=\"%s\">%s%s</div>\n"
        .formatted(
            at.path("y").asInt() + 1,
            at.path("x").asInt() + 1,
            at.path("h").asInt(),
            at.path("w").asInt(),
            Markup.text(panel.path("description").asText()),
            Markup.text(panel.path("title").asText()),
            body);
  }

  /** As it is written: a label's markup would cut it. */
  private static String text(String markdown) {
    return "<pre>" + markdown.replace("&", "&amp;").replace("<", "&lt;") + "</pre>";
  }

  private String stat(JsonNode panel) throws InterruptedException {
    StringBuilder body = new StringBuilder();
    for (JsonNode target : panel.path("targets")) {
      for (JsonNode series : prometheus.ask(Dashboards.filledIn(target.path("expr").asText()))) {
        double value = series.at("/value/1").asDouble();
        body.append(
            "<div class=big style='color:%s'>%s</div>"
                .formatted(
                    colour(panel, value),
                    GrafanaUnits.shown(panel.at("/fieldConfig/defaults"), value)));
      }
    }
    return body.isEmpty() ? "<div class=none>No data</div>" : body.toString();
  }

  private String bars(JsonNode panel) throws InterruptedException {
    StringBuilder body = new StringBuilder();
    double most = 0;
    for (JsonNode target : panel.path("targets")) {
      JsonNode answer = prometheus.ask(Dashboards.filledIn(target.path("expr").asText()));
      for (JsonNode series : answer) {
        most = Math.max(most, series.at("/value/1").asDouble());
      }
      for (JsonNode series : answer) {
        double value = series.at("/value/1").asDouble();
        body.append(
            "<div class=bar><div style='width:%.0f%%;background:%s'>%s %s</div></div>"
                .formatted(
                    most > 0 ? 100 * value / most : 0,
                    colour(panel, value),
                    Markup.text(legend(target, series)),
                    GrafanaUnits.shown(panel.at("/fieldConfig/defaults"), value)));
      }
    }
    return body.isEmpty() ? "<div class=none>No data</div>" : body.toString();
  }

  /** A line: its name, and its points. */
  private record Line(String name, double[] times, double[] values) {
    Line scaled(Chart.Range from, Chart.Range to) {
      double by = (to.to() - to.from()) / (from.to() - from.from());
      return new Line(
          name,
          times,
          DoubleStream.of(values).map(v -> to.from() + (v - from.from()) * by).toArray());
    }
  }

  private String lines(JsonNode panel) throws InterruptedException {
    JsonNode defaults = panel.at("/fieldConfig/defaults");
    boolean log = defaults.at("/custom/scaleDistribution/type").asText().equals("log");
    List<Line> left = new ArrayList<>();
    List<Line> right = new ArrayList<>();
    for (JsonNode target : panel.path("targets")) {
      String query = Dashboards.filledIn(target.path("expr").asText());
      for (JsonNode series : prometheus.range(query, from, to)) {
        Line line = line(legend(target, series), series.path("values"), log);
        (onTheRight(panel, line.name()) ? right : left).add(line);
      }
    }
    Chart.Range y = range(left, log ? Double.NaN : defaults.path("min").asDouble(Double.NaN));
    if (y == null) {
      return "<div class=none>No data</div>";
    }
    int width = panel.at("/gridPos/w").asInt() * COLUMN - 26;
    int height = panel.at("/gridPos/h").asInt() * 38 - 60;
    Chart chart = new Chart(width, height, 90, new Chart.Range(from, to), y);
    for (int mark = 0; mark <= 4; mark++) {
      double value = y.from() + mark * (y.to() - y.from()) / 4;
      chart.markY(value, GrafanaUnits.shown(defaults, log ? Math.pow(10, value) : value));
    }
    StringBuilder keys = new StringBuilder();
    left.forEach(line -> draw(chart, keys, line, ""));
    Chart.Range other = range(right, 0);
    if (other != null) {
      String unit = panel.at("/fieldConfig/overrides/0/properties/1/value").asText();
      String scale = " (right, to %s)".formatted(GrafanaUnits.shown(unit, other.to()));
      right.forEach(line -> draw(chart, keys, line.scaled(other, y), scale));
    }
    return chart.svg(panel.path("title").asText()) + keys;
  }

  private void draw(Chart chart, StringBuilder keys, Line line, String more) {
    int colour = keys.toString().split("<span", -1).length - 1;
    chart.line(line.times(), line.values(), "s" + colour % COLOURS.size());
    keys.append(
        "<span class='key k%d'>— %s</span>"
            .formatted(colour % COLOURS.size(), Markup.text(line.name() + more)));
  }

  private static Line line(String name, JsonNode points, boolean log) {
    double[] times = new double[points.size()];
    double[] values = new double[points.size()];
    for (int i = 0; i < values.length; i++) {
      times[i] = points.get(i).get(0).asDouble();
      double value = Double.parseDouble(points.get(i).get(1).asText().replace("Inf", "Infinity"));
      values[i] = Double.isFinite(value) ? log ? Math.log10(value) : value : Double.NaN;
    }
    return new Line(name, times, values);
  }

  /** Null where there is no number. */
  private static Chart.@Nullable Range range(List<Line> lines, double least) {
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    lines.forEach(
        line -> DoubleStream.of(line.values()).filter(Double::isFinite).forEach(all::accept));
    if (all.getCount() == 0) {
      return null;
    }
    return new Chart.Range(
        Double.isNaN(least) ? all.getMin() : Math.min(least, all.getMin()), all.getMax());
  }

  private static boolean onTheRight(JsonNode panel, String name) {
    String regex = panel.at("/fieldConfig/overrides/0/matcher/options").asText();
    return regex.length() > 2
        && Pattern.compile(regex.substring(1, regex.length() - 1)).matcher(name).find();
  }

  private static String legend(JsonNode target, JsonNode series) {
    Matcher label = LABEL.matcher(target.path("legendFormat").asText());
    return label.replaceAll(
        found -> Matcher.quoteReplacement(series.path("metric").path(found.group(1)).asText()));
  }

  private static String colour(JsonNode panel, double value) {
    String colour = "green";
    for (JsonNode step : panel.at("/fieldConfig/defaults/thresholds/steps")) {
      if (step.path("value").isNull() || value >= step.path("value").asDouble()) {
        colour = step.path("color").asText();
      }
    }
    return colour;
  }
}
