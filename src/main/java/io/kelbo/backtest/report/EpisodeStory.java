package io.kelbo.backtest.report;

import io.kelbo.backtest.ScoredRow;
import io.kelbo.model.Episode;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.report.Markup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One episode as a whole: its first and last anomaly, its strangest row, how many anomalies.
 *
 * @param rows all scored rows, which the places point into
 */
record EpisodeStory(
    String id, List<ScoredRow> rows, int first, int last, int peak, int anomalies, int strange) {
  /** All episodes, the most improbable first; among equals the more surprising. */
  static List<EpisodeStory> strongestFirst(List<ScoredRow> rows) {
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Episode episode = rows.get(i).verdict().episode();
      if (episode != null && rows.get(i).verdict().kind() == VerdictKind.ANOMALY) {
        members.computeIfAbsent(episode.id(), id -> new ArrayList<>()).add(i);
      }
    }
    Comparator<Integer> stranger =
        Comparator.comparingDouble((Integer i) -> rows.get(i).verdict().pValue())
            .thenComparing(i -> -rows.get(i).verdict().surprisal());
    List<EpisodeStory> episodes = new ArrayList<>();
    members.forEach(
        (id, places) ->
            episodes.add(
                new EpisodeStory(
                    id,
                    rows,
                    places.get(0),
                    places.get(places.size() - 1),
                    places.stream().min(stranger).orElseThrow(),
                    places.size(),
                    (int) places.stream().filter(i -> rows.get(i).strange()).count())));
    episodes.sort(Comparator.comparing(EpisodeStory::peak, stranger));
    return episodes;
  }

  Verdict worst() {
    return rows.get(peak).verdict();
  }

  String entity() {
    return worst().entity();
  }

  String begins() {
    return rows.get(first).timestamp();
  }

  String ends() {
    return rows.get(last).timestamp();
  }

  Duration lasts() {
    return Duration.between(rows.get(first).incoming().time(), rows.get(last).incoming().time());
  }

  /** One line about it, for whoever points at it. */
  String title() {
    return "%s to %s: %s, the strangest as rare as %s"
        .formatted(
            begins(),
            ends(),
            Markup.count(anomalies, "anomaly", "anomalies"),
            Markup.oneIn(worst().pValue()));
  }
}
