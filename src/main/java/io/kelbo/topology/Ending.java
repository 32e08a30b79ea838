package io.kelbo.topology;

import io.kelbo.model.ModelId;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a training ends: exactly one event, a snapshot if it won, a champion if it may score. */
final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  private final PublishedModels published;
  private final Announcer announcer;

  Ending(PublishedModels published, Announcer announcer) {
    this.published = published;
    this.announcer = announcer;
  }

  /**
   * Forwards what came of a training, and returns the marker that says so.
   *
   * @param overdue the time it had, if it was given up for taking longer; null otherwise
   */
  Marker of(Attempt attempt, Marker marker, @Nullable Duration overdue, Instant now) {
    String segment = attempt.id().segment();
    String cause = attempt.due().cause().word();
    LifecycleEvent event;
    Outcome.Promoted won = null;
    byte[] snapshot = new byte[0];
    try {
      if (overdue != null) {
        event = abandoned(segment, overdue, now);
      } else {
        Outcome outcome = attempt.outcome();
        if (!Objects.equals(attempt.parent(), published.champion(segment))) {
          // A rollback or promotion by hand must not be undone by what was under way.
          outcome =
              new Outcome.Rejected("another champion was chosen meanwhile", outcome.figures());
        }
        if (outcome instanceof Outcome.Promoted promoted) {
          snapshot = ModelSnapshot.of(promoted.model()).write();
          won = promoted;
        }
        event = LifecycleEvent.of(attempt.id(), now, outcome);
      }
    } catch (ExecutionException | RuntimeException failed) {
      // Whatever went wrong in training, the champion stays and the stream goes on.
      Throwable reason = Objects.requireNonNullElse(failed.getCause(), failed);
      LOG.atWarn().addKeyValue("segment", segment).setCause(reason).log("training failed");
      event = LifecycleEvent.failed(segment, now, reason);
    }
    // Outside of the try: that a task moved or a send failed says nothing about the training.
    boolean scores = won != null && !marker.frozen();
    if (won != null) {
      publish(attempt, won, snapshot, scores, now);
      event = scores ? event : held(event);
    }
    announcer.tellOfTraining(event.because(cause));
    int version = won == null ? 0 : attempt.id().version();
    return marker.done(attempt.due(), attempt.records(), version, scores);
  }

  private void publish(
      Attempt attempt, Outcome.Promoted won, byte[] snapshot, boolean scores, Instant now) {
    ModelId id = attempt.id();
    ModelId parent = attempt.parent();
    announcer.snapshot(
        id, snapshot, scores ? id : parent, parent == null ? 0 : parent.version(), now);
    if (scores) {
      announcer.champion(id, won.reason(), now);
    }
  }

  private static LifecycleEvent held(LifecycleEvent event) {
    return new LifecycleEvent(
        event.segment(),
        LifecycleEvent.Kind.TRAINED,
        event.at(),
        event.version(),
        event.reason() + "; models are frozen, so it does not score: 'kelbo model promote' lets it",
        event.figures());
  }

  private static LifecycleEvent abandoned(String segment, Duration patience, Instant now) {
    return new LifecycleEvent(
        segment,
        LifecycleEvent.Kind.FAILED,
        now,
        null,
        "abandoned: it took longer than retrain.timeout, '%s'; allow more, or a smaller retrain.sample"
            .formatted(patience),
        Map.of("seconds", patience.toMillis() / 1000.0));
  }

  /** A training was asked for that cannot begin. */
  static LifecycleEvent tooFew(Control control, long records, Instant now) {
    return new LifecycleEvent(
            control.segment(),
            LifecycleEvent.Kind.REJECTED,
            now,
            null,
            "there are %d records to learn from but %d are needed, and a champion (%s)"
                .formatted(records, Trainer.MINIMUM_RECORDS, control.story()),
            Map.of("records", (double) records))
        .because(Marker.Cause.DEMAND.word());
  }

  /** Somebody froze the models, or let go. */
  static LifecycleEvent frozen(Control control, boolean on, Instant now) {
    return new LifecycleEvent(
        control.segment(),
        on ? LifecycleEvent.Kind.FROZEN : LifecycleEvent.Kind.UNFROZEN,
        now,
        null,
        control.story(),
        Map.of());
  }
}
