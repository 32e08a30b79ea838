package io.kelbo.backtest;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Model;
import io.kelbo.record.Declared;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to learn from and what to score.
 *
 * @param files the files to score, in order, as one history
 * @param train learned from first; null to learn from the beginning of {@code files}
 * @param trainRows how many rows to learn from; 0 for all of {@code train}, or 500 of {@code files}
 * @param retrain how often to learn anew
 * @param declared what is known of the columns: fields, those to ignore, the column of the time
 *     (null: one row a second) and of the entity (null: one entity)
 * @param label column of 0 and 1, copied to the scores and never read by the model; or null
 * @param tabular rows have no order
 * @param scores where to write the scores, or null
 * @param layers hidden layers of each nonlinear branch
 * @param model scores from the first row on, with its fields and threshold; null to learn one
 */
public record BacktestOptions(
    List<Path> files,
    @Nullable Path train,
    int trainRows,
    Retraining retrain,
    Declared declared,
    @Nullable String label,
    boolean tabular,
    @Nullable Path scores,
    AlarmBudget budget,
    long seed,
    int layers,
    @Nullable Model model) {
  /** Rows to learn from where nothing is said, as {@code warmup.records}. */
  public static final int DEFAULT_TRAIN_ROWS = 500;

  public BacktestOptions {
    files = List.copyOf(files);
  }

  /** With a model that is learned, its branches of one layer. */
  public BacktestOptions(
      List<Path> files,
      @Nullable Path train,
      int trainRows,
      Retraining retrain,
      Declared declared,
      @Nullable String label,
      boolean tabular,
      @Nullable Path scores,
      AlarmBudget budget,
      long seed) {
    this(files, train, trainRows, retrain, declared, label, tabular, scores, budget, seed, 1, null);
  }
}
