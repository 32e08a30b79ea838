package io.kelbo.backtest.report;

import io.kelbo.backtest.BacktestResult;
import io.kelbo.record.Value;
import io.kelbo.report.Markup;
import java.util.ArrayList;
import java.util.List;

/** The figures at the top of the page, each with what it says. */
final class Figures {
  private Figures() {}

  /** A value as people read it, told from others so far away; NaN where none are. */
  static String shown(Value value, double away) {
    return value instanceof Value.Number number
        ? Markup.number(number.number(), away)
        : String.valueOf(value);
  }

  static String found(BacktestResult result) {
    return tiles(
        List.of(
            tile(Markup.count(result.scored(), "row", "rows"), "scored, not learned from"),
            tile(
                Markup.count(result.anomalies(), "anomaly", "anomalies"),
                "rows too rare to be normal"),
            tile(
                Markup.count(result.episodes(), "episode", "episodes"),
                "times it would have called"),
            tile(
                Markup.count(result.imputed(), "missing cell", "missing cells"),
                "filled in, and scored by the rest")));
  }

  /** Against the labels; empty without them. */
  static String labelled(BacktestResult result) {
    BacktestResult.Labelled labelled = result.labelled();
    if (labelled == null) {
      return "";
    }
    List<String> tiles = new ArrayList<>();
    tiles.add(
        tile(
            "%,d of %,d".formatted(labelled.eventsFound(), labelled.events()),
            "labelled events were noticed"));
    tiles.add(
        tile(Markup.percent(labelled.precision()), "of the anomalies are labelled (precision)"));
    tiles.add(
        tile(Markup.percent(labelled.recall()), "of the labelled rows are anomalies (recall)"));
    tiles.add(tile(Markup.number(labelled.f1()), "F1: precision and recall in one figure"));
    tiles.add(
        tile(
            Markup.number(labelled.ranking().prAuc()),
            "PR-AUC: whether labelled rows score highest, at any threshold; 1 is best"));
    tiles.add(
        tile(
            Markup.number(labelled.ranking().rocAuc()),
            "ROC-AUC: chance that a labelled row scores above another row; 0.5 is guessing"));
    tiles.add(
        tile(
            Markup.number(labelled.ranges().vusPr()),
            "VUS-PR: as PR-AUC for stretches of rows; near one counts in part, unnoticed ones cost"));
    tiles.add(
        tile(
            Markup.number(labelled.ranges().vusRoc()),
            "VUS-ROC: as ROC-AUC for stretches of rows"));
    String unranked = labelled.unranked();
    return Markup.section(
        "labels",
        "Against the labels",
        "Labels only judge: they never trained anything and set no threshold."
            + (unranked == null ? "" : " No ranking: %s.".formatted(unranked)),
        tiles(tiles));
  }

  private static String tile(String figure, String says) {
    return "<div><strong>%s</strong><span>%s</span></div>"
        .formatted(Markup.text(figure), Markup.text(says));
  }

  private static String tiles(List<String> tiles) {
    return "<div class=\"tiles\">%s</div>\n".formatted(String.join("\n", tiles));
  }
}
