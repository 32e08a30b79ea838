package io.kelbo.topology;

import io.kelbo.context.EntityState;
import io.kelbo.model.Episode;
import io.kelbo.model.Judged;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps alarms of long ago quiet while a backlog is worked off: {@code late} instead of an alarm,
 * with the figures. Context and learning are the judge's, and go on.
 *
 * @param most the oldest that a record may be by the wall clock; null for any
 */
record Backlog(@Nullable Duration most, InstantSource clock) {
  /** The judgement, or its quiet form if the record is too old. */
  Judged quiet(Judged judged, EntityState state) {
    Verdict verdict = judged.verdict();
    if (most == null
        || !verdict.scored()
        || !verdict.time().isBefore(clock.instant().minus(most))) {
      return judged;
    }
    Episode episode = verdict.episode();
    if (episode != null && episode.state() == Episode.State.OPENED) {
      // Nobody was told of it, so a fault that lasts until now is to open one then.
      state.episode(null, 0);
    }
    boolean closes = episode != null && episode.state() == Episode.State.CLOSED;
    return new Judged(
        new Verdict(
            verdict.id(),
            verdict.entity(),
            verdict.time(),
            VerdictKind.LATE,
            "older than lag.max, %s".formatted(most),
            verdict.pValue(),
            verdict.thresholdP(),
            verdict.surprisal(),
            verdict.reconstruction(),
            verdict.latent(),
            verdict.alarmScore(),
            closes ? episode : null,
            verdict.model(),
            List.of(),
            verdict.source()),
        judged.imputations(),
        judged.predictions(),
        null);
  }
}
