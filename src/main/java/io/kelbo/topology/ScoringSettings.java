package io.kelbo.topology;

import io.kelbo.record.InputLayout;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the scoring application depends on.
 *
 * @param layout how records are read
 * @param late records older than their entity's newest by more than this get {@code late}
 * @param maxBytes larger values are dead letters
 * @param allVerdicts whether every verdict is written, or anomalies only
 * @param lagMax records older than this by the wall clock do not alarm; null for no such bound
 * @param thinning how samples are thinned; null where nobody learns from them
 */
public record ScoringSettings(
    Topics topics,
    InputLayout layout,
    Duration late,
    int maxBytes,
    boolean allVerdicts,
    @Nullable Duration lagMax,
    @Nullable Thinning thinning) {

  /**
   * @param window how far back the trainer looks, in stream time
   * @param records how many records the trainer keeps
   */
  public record Thinning(long seed, Duration window, int records) {}
}
