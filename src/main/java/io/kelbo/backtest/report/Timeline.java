package io.kelbo.backtest.report;

import io.kelbo.backtest.ScoredRow;
import io.kelbo.report.Chart;
import java.util.List;
import java.util.TreeSet;

/** The scored rows along the x axis: marks in their own words, episodes and labels behind. */
record Timeline(List<ScoredRow> rows, List<EpisodeStory> episodes) {
  private static final int MOST_SPANS = 400;

  Chart.Range range() {
    return new Chart.Range(0, rows.size() - 1);
  }

  /** Marks with the rows' timestamps. */
  void mark(Chart chart, int marks) {
    mark(chart, rows, marks);
  }

  /** Marks of some rows, placed by their order. */
  static void mark(Chart chart, List<ScoredRow> rows, int marks) {
    TreeSet<Integer> places = new TreeSet<>();
    for (int k = 0; k < marks; k++) {
      places.add((int) Math.round((rows.size() - 1.0) * k / Math.max(1, marks - 1)));
    }
    places.forEach(i -> chart.markX(i, rows.get(i).timestamp()));
  }

  /** Shades the strongest episodes. */
  void shade(Chart chart) {
    episodes.stream()
        .limit(MOST_SPANS)
        .forEach(e -> chart.span(e.first() - 0.5, e.last() + 0.5, "episode", e.title()));
  }

  /** A strip along the axis where rows are labelled as strange. */
  void labels(Chart chart) {
    int from = -1;
    for (int i = 0; i <= rows.size(); i++) {
      boolean strange = i < rows.size() && rows.get(i).strange();
      if (strange && from < 0) {
        from = i;
      } else if (!strange && from >= 0) {
        chart.strip(from - 0.5, i - 0.5, "truth");
        from = -1;
      }
    }
  }
}
