package io.kelbo.record;

import java.time.Instant;
import java.util.List;

/**
 * Consecutive raw records of one entity, in arrival order: the unit of sampling, so that context
 * over time and blocked calibration survive the thinning.
 *
 * @param entity what the records are about
 * @param moments the records, oldest first; at least one
 */
public record Run(String entity, List<Moment> moments) {
  public Run {
    moments = List.copyOf(moments);
    if (moments.isEmpty()) {
      throw new IllegalArgumentException("a run of entity '%s' is empty".formatted(entity));
    }
  }

  /**
   * One record of a run.
   *
   * @param flagged whether its verdict was an anomaly (quarantined from training, within limits)
   */
  public record Moment(Instant time, Source source, Observation observation, boolean flagged) {}
}
