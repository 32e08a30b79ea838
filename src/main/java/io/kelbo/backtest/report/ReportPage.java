package io.kelbo.backtest.report;

import io.kelbo.backtest.BacktestResult;
import io.kelbo.backtest.BacktestStory;
import io.kelbo.report.Page;
import java.util.stream.Collectors;

/**
 * A backtest as one HTML page: pictures as inline SVG, no script, nothing from elsewhere. The
 * page's own policy forbids scripts, so that even a name that slipped through could run nothing.
 */
public final class ReportPage {
  private ReportPage() {}

  /** The whole page; below 3 MB for 30,000 rows of 38 fields. */
  public static String of(BacktestStory story) {
    BacktestResult result = story.result();
    boolean labelled = result.labelled() != null;
    Timeline timeline = new Timeline(story.rows(), EpisodeStory.strongestFirst(story.rows()));
    StringBuilder body = new StringBuilder(Figures.found(result));
    body.append(Figures.labelled(result));
    if (!story.rows().isEmpty()) {
      ScoreSection score = new ScoreSection(timeline);
      boolean timed = result.model().layout().timePath() != null;
      body.append(score.rarity(labelled))
          .append(new EpisodesSection(timeline, timed, labelled).html())
          .append(new ZoomSection(story, timeline).html())
          .append(score.parts())
          .append(new CalibrationSection(story.rows()).html(labelled))
          .append(new FieldsSection(result.model().layout().fields(), timeline).html());
    }
    body.append(new LearnedSection(story).html());
    String title =
        story.options().files().stream()
            .map(file -> String.valueOf(file.getFileName()))
            .collect(Collectors.joining(", "));
    return Page.of(title, "What Kelbo would have said of these rows, and why.", body.toString());
  }
}
