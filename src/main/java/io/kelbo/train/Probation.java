package io.kelbo.train;

import io.kelbo.decide.AlarmBudget;
import java.time.Duration;

/**
 * Whether a model that was just promoted opens far more episodes than its budget and than its
 * parent did: then the parent goes on.
 */
public final class Probation {
  /** A new champion may open this many times its budget. */
  public static final double MULTIPLE = 10;

  /** And this many times what its parent opened just before, by record. */
  public static final double OF_PARENT = 3;

  /** Fewer episodes than this prove nothing. */
  public static final int LEAST_EPISODES = 8;

  /** It is watched over this many records. */
  public static final long RECORDS = 20_000;

  private Probation() {}

  /** Episodes opened over some records and some stream time. */
  public record Count(long records, long opened, Duration time) {
    /** What the budget allows over that many records and that time. */
    double allowed(AlarmBudget budget) {
      double days = Math.max(1e-9, time.toMillis() / (double) Duration.ofDays(1).toMillis());
      return budget.perRecord(Math.max(1, records) / days) * records;
    }

    double rate() {
      return opened / (double) Math.max(1, records);
    }
  }

  /**
   * Whether the new champion failed.
   *
   * @param own since it was promoted
   * @param parent of its parent, before; no records where that is not known
   */
  public static boolean failed(TrainingSettings settings, Count own, Count parent) {
    return own.opened() >= LEAST_EPISODES
        && own.opened() > MULTIPLE * own.allowed(settings.budget())
        && own.rate() > OF_PARENT * parent.rate();
  }

  /** How many times its budget it opened. */
  public static double excess(TrainingSettings settings, Count own) {
    return own.opened() / Math.max(1e-9, own.allowed(settings.budget()));
  }
}
