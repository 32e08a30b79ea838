package io.kelbo.backtest;

import io.kelbo.model.FieldFinding;
import io.kelbo.record.LayoutInference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a backtest saw, for a report.
 *
 * @param rows the scored rows in order
 * @param leftOut columns that were not learned from, and why
 * @param replay explains rows after the fact
 */
public record BacktestStory(
    BacktestOptions options,
    BacktestResult result,
    List<ScoredRow> rows,
    List<LayoutInference.LeftOut> leftOut,
    Replay replay) {
  public BacktestStory {
    rows = List.copyOf(rows);
    leftOut = List.copyOf(leftOut);
  }

  /** Explains rows, normal ones too, by judging the history once more. */
  public interface Replay {
    /**
     * @param places of {@link ScoredRow#place}
     * @return for each place what was expected of the fields; none for rows that cannot be scored
     */
    Map<Integer, List<FieldFinding>> findings(Set<Integer> places);
  }

  /** Hears the story before the scores are in place: if it fails, neither of them is left. */
  public interface Audience {
    void hear(BacktestStory story) throws IOException;
  }
}
