package io.kelbo.backtest;

import io.kelbo.model.Model;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest found.
 *
 * @param rows all rows of the scored files
 * @param scored rows that were scored (not learned from before)
 * @param anomalies scored rows that are anomalies
 * @param episodes opened episodes
 * @param imputed missing cells filled
 * @param model the last model that scored
 * @param models how many models scored
 * @param labelled counts against the labels, or null without labels
 */
public record BacktestResult(
    long rows,
    long scored,
    long anomalies,
    long episodes,
    long imputed,
    Model model,
    int models,
    @Nullable Labelled labelled) {
  /** Verdicts against labels, scored rows only. */
  public record Labelled(
      long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
    /** {@code 2 TP / (2 TP + FP + FN)}; 0 where nothing is labelled or flagged. */
    public double f1() {
      double all = 2.0 * truePositives + falsePositives + falseNegatives;
      return all == 0 ? 0 : 2.0 * truePositives / all;
    }
  }
}
