package io.kelbo.train;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.vae.Shape;
import java.time.Duration;
import java.util.Map;

/**
 * What training depends on beside the sample.
 *
 * @param seed same sample, settings and seed give the same bytes
 * @param budget false alarms wanted
 * @param tabular rows have no order: no context over time
 * @param tails whether it is learned how far out residuals lie, for repairs
 * @param quarantine flagged records of an entity that is flagged again and again are learned from
 *     once they are older than this; positive
 * @param layers hidden layers of each nonlinear branch, 1 to {@link Shape#MOST_LAYERS}
 * @param threads that a training takes, 1 or more; none of what comes out depends on it
 */
public record TrainingSettings(
    long seed,
    AlarmBudget budget,
    boolean tabular,
    Duration quarantine,
    boolean tails,
    int layers,
    int threads) {
  static final String BUDGET = "alarms.budget";

  /** Of history, where nothing grows old. */
  static final Duration FOR_EVER = Duration.ofDays(365_000);

  public TrainingSettings(long seed, AlarmBudget budget, boolean tabular) {
    this(seed, budget, tabular, FOR_EVER);
  }

  public TrainingSettings {
    if (layers < 1 || layers > Shape.MOST_LAYERS) {
      throw new IllegalArgumentException(
          "a branch has 1 to %d hidden layers, not %d".formatted(Shape.MOST_LAYERS, layers));
    }
    if (threads < 1) {
      throw new IllegalArgumentException("a training takes 1 thread or more, not " + threads);
    }
  }

  /** Without repairs, with branches of one layer, on one thread. */
  public TrainingSettings(long seed, AlarmBudget budget, boolean tabular, Duration quarantine) {
    this(seed, budget, tabular, quarantine, false, 1, 1);
  }

  /**
   * The same for a part of the records.
   *
   * @param share of records that may alarm, as all of them together have it; in (0, 0.5]
   */
  public TrainingSettings sharing(double share) {
    return new TrainingSettings(
        seed, AlarmBudget.of(Double.toString(share)), tabular, quarantine, tails, layers, threads);
  }

  /** The same, where values are, or are not, repaired by what is learned. */
  public TrainingSettings repairing(boolean wanted) {
    return new TrainingSettings(seed, budget, tabular, quarantine, wanted, layers, threads);
  }

  /** The same with branches of so many hidden layers. */
  public TrainingSettings deep(int layers) {
    return new TrainingSettings(seed, budget, tabular, quarantine, tails, layers, threads);
  }

  /** The same on so many threads. */
  public TrainingSettings on(int threads) {
    return new TrainingSettings(seed, budget, tabular, quarantine, tails, layers, threads);
  }

  boolean parallel() {
    return threads > 1;
  }

  /** As a model keeps them. */
  Map<String, String> byKey() {
    return Map.of(
        BUDGET,
        budget.toString(),
        "seed",
        Long.toString(seed),
        "tabular",
        Boolean.toString(tabular),
        "quarantine",
        quarantine.equals(FOR_EVER) ? "none" : quarantine.toString());
  }
}
