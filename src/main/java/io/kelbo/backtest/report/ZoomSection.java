package io.kelbo.backtest.report;

import io.kelbo.backtest.BacktestStory;
import io.kelbo.backtest.ScoredRow;
import io.kelbo.model.FieldFinding;
import io.kelbo.record.Fields;
import io.kelbo.report.Chart;
import io.kelbo.report.Markup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The strongest episodes from near: what the fields were, and what was expected of them. */
final class ZoomSection {
  private static final int MOST_EPISODES = 6;
  private static final int MOST_FIELDS = 4;
  private static final int POINTS = 160;
  // Explaining a row costs by its fields: of thousands of fields fewer rows are shown.
  private static final int MOST_CELLS = 40_000;

  private final BacktestStory story;
  private final Timeline timeline;
  private final Fields fields;

  ZoomSection(BacktestStory story, Timeline timeline) {
    this.story = story;
    this.timeline = timeline;
    this.fields = story.result().model().layout().fields();
  }

  String html() {
    List<EpisodeStory> strongest =
        timeline.episodes().subList(0, Math.min(MOST_EPISODES, timeline.episodes().size()));
    if (strongest.isEmpty()) {
      return "";
    }
    List<List<ScoredRow>> windows = strongest.stream().map(this::window).toList();
    Set<Integer> places = new HashSet<>();
    windows.forEach(window -> window.forEach(row -> places.add(row.place())));
    Map<Integer, List<FieldFinding>> findings = story.replay().findings(places);
    StringBuilder body = new StringBuilder();
    for (int e = 0; e < strongest.size(); e++) {
      body.append(episode(strongest.get(e), windows.get(e), findings));
    }
    return Markup.section(
        "near",
        "The strongest episodes from near",
        "The <b class=\"value\">solid line</b> is what came, the <b class=\"expected\">dashed"
            + " line</b> what was expected of this field given the other fields, with its 99 %"
            + " range around it. Only the fields with the largest share are drawn.",
        body.toString());
  }

  /** Rows of the same entity around an episode, thinned, its strangest row always among them. */
  private List<ScoredRow> window(EpisodeStory episode) {
    List<ScoredRow> own =
        timeline.rows().stream()
            .filter(row -> row.incoming().entity().equals(episode.entity()))
            .toList();
    int first = own.indexOf(timeline.rows().get(episode.first()));
    int last = own.indexOf(timeline.rows().get(episode.last()));
    int peak = own.indexOf(timeline.rows().get(episode.peak()));
    int around = Math.max(30, Math.min(150, last - first + 1));
    int from = Math.max(0, first - around);
    int to = Math.min(own.size() - 1, last + around);
    int points = Math.max(16, Math.min(POINTS, MOST_CELLS / fields.size()));
    double step = Math.max(1, (to - from) / (double) points);
    TreeSet<Integer> kept = new TreeSet<>(Set.of(peak));
    for (double at = from; at <= to; at += step) {
      kept.add((int) Math.round(at));
    }
    List<ScoredRow> window = new ArrayList<>();
    kept.forEach(i -> window.add(own.get(i)));
    return window;
  }

  private String episode(
      EpisodeStory episode, List<ScoredRow> window, Map<Integer, List<FieldFinding>> findings) {
    StringBuilder out =
        new StringBuilder("<h3>%s</h3><div class=\"medium\">\n".formatted(title(episode)));
    episode.worst().fields().stream()
        .filter(finding -> finding.contribution() > 0)
        .limit(MOST_FIELDS)
        .forEach(
            finding ->
                out.append("<figure><figcaption>")
                    .append(Markup.text(finding.name()))
                    .append("</figcaption>")
                    .append(picture(finding.name(), episode, window, findings))
                    .append("</figure>\n"));
    return out.append("</div>\n").toString();
  }

  private static String title(EpisodeStory episode) {
    return Markup.text(
        episode.begins()
            + (episode.last() == episode.first() ? "" : " to " + episode.ends())
            + ", rarest row "
            + Markup.oneIn(episode.worst().pValue()));
  }

  private String picture(
      String name,
      EpisodeStory episode,
      List<ScoredRow> window,
      Map<Integer, List<FieldFinding>> findings) {
    int place = fields.place(name);
    FieldScale scale = new FieldScale(place, fields.get(place), timeline.rows());
    ExpectedLine line = ExpectedLine.of(name, scale, window, findings);
    Chart.Range x = new Chart.Range(0, window.size() - 1);
    Chart chart = new Chart(470, 150, 62, x, scale.range(line.least(), line.most()));
    scale.mark(chart, line.least(), line.most());
    Timeline.mark(chart, window, 3);
    int begin = window.size();
    int end = -1;
    for (int i = 0; i < window.size(); i++) {
      int row = window.get(i).place();
      if (row >= timeline.rows().get(episode.first()).place()
          && row <= timeline.rows().get(episode.last()).place()) {
        begin = Math.min(begin, i);
        end = i;
      }
    }
    chart.span(begin - 0.5, end + 0.5, "episode", episode.title());
    double[] xs = line.places();
    chart.band(xs, line.low(), line.high(), "interval");
    chart.line(xs, line.expected(), "expected").line(xs, line.value(), "value");
    return chart.svg(name + " around the episode");
  }
}
