package io.kelbo.backtest;

import io.kelbo.model.Verdict;
import io.kelbo.record.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * One row that was scored.
 *
 * @param place its place among all rows of the history, those learned from included
 * @param timestamp the time cell as written, or the row's number in its file
 * @param label {@code 0}, {@code 1}, or null where there is none
 */
public record ScoredRow(
    int place, Incoming incoming, String timestamp, @Nullable String label, Verdict verdict) {
  /** Whether the row is labelled as strange. */
  public boolean strange() {
    return "1".equals(label);
  }
}
