package io.kelbo.backtest.report;

import io.kelbo.backtest.ScoredRow;
import io.kelbo.model.FieldFinding;
import io.kelbo.record.Field;
import io.kelbo.record.Fields;
import io.kelbo.report.Chart;
import io.kelbo.report.Markup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each field over the whole time in a small picture; of very many the most suspicious. */
final class FieldsSection {
  private static final int MOST_FIELDS = 60; // a page of a megabyte
  private static final int POINTS = 220;

  private final Fields fields;
  private final Timeline timeline;

  FieldsSection(Fields fields, Timeline timeline) {
    this.fields = fields;
    this.timeline = timeline;
  }

  String html() {
    List<Field> shown = mostSuspicious();
    StringBuilder pictures = new StringBuilder("<div class=\"small\">\n");
    for (Field field : shown) {
      pictures
          .append("<figure><figcaption>")
          .append(Markup.text(field.name()))
          .append("</figcaption>")
          .append(picture(field))
          .append("</figure>\n");
    }
    String cut =
        shown.size() < fields.size()
            ? " Of %d fields these are the %d that had most to do with the anomalies."
                .formatted(fields.size(), shown.size())
            : "";
    return Markup.section(
        "fields",
        "Every field over time",
        "The band spans the lowest and the highest value of each stretch of rows, the line is their"
            + " mean; episodes are shaded."
            + cut,
        pictures.append("</div>\n").toString());
  }

  /** In the layout's order unless there are too many. */
  private List<Field> mostSuspicious() {
    if (fields.size() <= MOST_FIELDS) {
      return fields.list();
    }
    Map<String, Double> share = new HashMap<>();
    for (ScoredRow row : timeline.rows()) {
      for (FieldFinding finding : row.verdict().fields()) {
        share.merge(finding.name(), finding.contribution(), Double::sum);
      }
    }
    List<Field> ordered = new ArrayList<>(fields.list());
    ordered.sort(
        Comparator.comparingDouble((Field f) -> share.getOrDefault(f.name(), 0.0)).reversed());
    return ordered.subList(0, MOST_FIELDS);
  }

  private String picture(Field field) {
    List<ScoredRow> rows = timeline.rows();
    FieldScale scale = new FieldScale(fields.place(field.name()), field, rows);
    Buckets buckets = Buckets.of(rows.size(), POINTS);
    double[] low = buckets.smallest(r -> scale.of(rows.get(r).incoming().observation()));
    double[] high = buckets.largest(r -> scale.of(rows.get(r).incoming().observation()));
    double least = Arrays.stream(low).filter(x -> !Double.isNaN(x)).min().orElse(Double.NaN);
    double most = Arrays.stream(high).filter(x -> !Double.isNaN(x)).max().orElse(Double.NaN);
    Chart chart = new Chart(310, 104, 62, timeline.range(), scale.range(least, most));
    scale.mark(chart, least, most);
    Timeline.mark(chart, rows, 2);
    timeline.shade(chart);
    double[] xs = buckets.middles();
    if (scale.continuous()) {
      chart.band(xs, low, high, "spread");
      chart.line(xs, buckets.mean(r -> scale.of(rows.get(r).incoming().observation())), "value");
    } else {
      chart.line(xs, low, "value").line(xs, high, "value");
    }
    return chart.svg(field.name() + " over time");
  }
}
