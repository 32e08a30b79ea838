package io.kelbo.backtest.report;

import io.kelbo.model.FieldFinding;
import io.kelbo.model.Verdict;
import io.kelbo.report.Markup;
import java.util.ArrayList;
import java.util.List;

/** The strongest episodes as a table: when, how long, how rare, and which fields were off. */
final class EpisodesSection {
  private static final int MOST_EPISODES = 25;
  private static final int MOST_FIELDS = 4;

  private final Timeline timeline;
  private final boolean timed;
  private final boolean labelled;
  private final boolean entities;

  /**
   * @param timed whether the rows bear times, so that a duration means something
   */
  EpisodesSection(Timeline timeline, boolean timed, boolean labelled) {
    this.timeline = timeline;
    this.timed = timed;
    this.labelled = labelled;
    this.entities =
        timeline.rows().stream().map(row -> row.incoming().entity()).distinct().count() > 1;
  }

  String html() {
    if (timeline.episodes().isEmpty()) {
      return Markup.section(
          "episodes", "Episodes", "No row was an anomaly, so there is no episode.", "");
    }
    List<String> head = new ArrayList<>(List.of("begins", "lasts", "anomalies", "rarest row"));
    if (entities) {
      head.add(1, "about");
    }
    if (labelled) {
      head.add("labelled");
    }
    head.add("fields that were off: value, expected (99 % range), share of the surprise");
    List<List<String>> rows = new ArrayList<>();
    timeline.episodes().stream().limit(MOST_EPISODES).forEach(e -> rows.add(row(e)));
    int all = timeline.episodes().size();
    return Markup.section(
        "episodes",
        all > MOST_EPISODES ? "The strongest episodes" : "Episodes",
        "The rarest first"
            + (all > MOST_EPISODES ? ", %d of %d".formatted(MOST_EPISODES, all) : "")
            + ". The fields are those of the episode's rarest row; what is expected of a field"
            + " follows from all the others. A p-value is the share of normal rows that are at"
            + " least as strange.",
        Markup.table(head, rows));
  }

  private List<String> row(EpisodeStory episode) {
    Verdict worst = episode.worst();
    List<String> cells = new ArrayList<>();
    cells.add(Markup.text(episode.begins()));
    if (entities) {
      cells.add(Markup.text(episode.entity()));
    }
    cells.add(
        timed
            ? Markup.duration(episode.lasts())
            : Markup.count(episode.last() - episode.first() + 1L, "row", "rows"));
    cells.add(Integer.toString(episode.anomalies()));
    cells.add(
        "%s<br><small>p = %s</small>"
            .formatted(Markup.oneIn(worst.pValue()), Markup.number(worst.pValue())));
    if (labelled) {
      cells.add(
          episode.strange() == 0
              ? "no"
              : "%d of %d".formatted(episode.strange(), episode.anomalies()));
    }
    StringBuilder fields = new StringBuilder();
    worst.fields().stream()
        .filter(finding -> finding.contribution() > 0)
        .limit(MOST_FIELDS)
        .forEach(finding -> fields.append(line(finding, worst.surprisal())));
    cells.add(fields.toString());
    return cells;
  }

  private static String line(FieldFinding finding, double surprisal) {
    double wide = finding.high() - finding.low(); // NaN where there is no range
    String range =
        Double.isNaN(finding.low())
            ? ""
            : " (%s … %s)"
                .formatted(Markup.number(finding.low(), wide), Markup.number(finding.high(), wide));
    return "<div><b>%s</b> %s, expected %s%s, %s</div>"
        .formatted(
            Markup.text(finding.name()),
            finding.value() == null ? "missing" : Markup.text(Figures.shown(finding.value(), wide)),
            Markup.text(Figures.shown(finding.expected(), wide)),
            range,
            Markup.percent(finding.contribution() / surprisal));
  }
}
