package io.kelbo.backtest;

import io.kelbo.model.Model;
import io.kelbo.record.LayoutInference;
import java.util.List;
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
 * @param leftOut columns that were not learned from, and why
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
    List<LayoutInference.LeftOut> leftOut,
    @Nullable Labelled labelled) {
  public BacktestResult {
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Verdicts against labels, scored rows only.
   *
   * @param events stretches of rows labelled as strange, each of one entity
   * @param eventsFound those with an anomaly in them
   * @param ranking how well the score ranks rows; NaN where all labels are the same
   * @param ranges how well it ranks stretches of rows, each entity a series; NaN likewise
   */
  public record Labelled(
      long truePositives,
      long falsePositives,
      long falseNegatives,
      long trueNegatives,
      long events,
      long eventsFound,
      RankQuality ranking,
      RangeQuality ranges) {
    /** Why there is no ranking, as a sentence; null where there is one. */
    public @Nullable String unranked() {
      long strange = truePositives + falseNegatives;
      long normal = falsePositives + trueNegatives;
      return strange > 0 && normal > 0
          ? null
          : "all %,d scored rows are labelled %d: a ranking needs both labels"
              .formatted(strange + normal, strange > 0 ? 1 : 0);
    }

    /** {@code 2 TP / (2 TP + FP + FN)}; 0 where nothing is labelled or flagged. */
    public double f1() {
      double all = 2.0 * truePositives + falsePositives + falseNegatives;
      return all == 0 ? 0 : 2.0 * truePositives / all;
    }

    /** The share of anomalies that are labelled as strange; NaN without anomalies. */
    public double precision() {
      return (double) truePositives / (truePositives + falsePositives);
    }

    /** The share of strange rows that are anomalies; NaN without strange rows. */
    public double recall() {
      return (double) truePositives / (truePositives + falseNegatives);
    }

    /** The share of events with an anomaly in them; NaN without events. */
    public double eventRecall() {
      return (double) eventsFound / events;
    }
  }
}
