package io.kelbo.model;

import io.kelbo.context.EntityState;
import io.kelbo.context.Mark;
import io.kelbo.context.Pardon;
import io.kelbo.context.Said;
import io.kelbo.decide.Calibration;
import io.kelbo.record.Fields;
import io.kelbo.record.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a strange record is let pass for what people said of earlier alarms of its entity. Two
 * records are alike where what stands out of them points the same way. One thread's.
 */
final class Leniency {
  // Cosine of what stands out, in residuals of the model.
  private static final double LIKE = 0.8;
  // A false alarm says nothing of what is half as far out again.
  private static final double FURTHER = 1.5;
  // Another model sees the like of an alarm otherwise, and far less of it once it has learned it:
  // of odd beats of a heart the cosine fell to .40 and .55, the nats to 2 % (2026-11-24).
  private static final double AKIN = 0.35;
  private static final double FAR_LESS = 0.1;
  private static final double INTERVAL = 2 * 2.5758293035489; // deviations in a 99 % interval

  private final Fields fields;
  private final double[] residuals;
  private final @Nullable StreamJudge stream;
  private boolean confirmed;

  Leniency(Fields fields, @Nullable StreamJudge stream) {
    this.fields = fields;
    this.stream = stream;
    this.residuals = new double[fields.size() + (stream == null ? 0 : stream.residuals())];
  }

  /**
   * What stands out of the record scored last.
   *
   * @param findings of that record
   */
  Mark mark(String id, double surprisal, List<FieldFinding> findings) {
    confirmed = false;
    for (FieldFinding finding : findings) {
      residuals[fields.place(finding.name())] = residual(finding);
    }
    if (stream != null) {
      stream.residuals(residuals, fields.size());
    }
    return Mark.of(id, surprisal, residuals);
  }

  /** An anomaly of an episode: what stands out of its first is kept, and how strange it became. */
  static void note(@Nullable Mark mark, Episode episode, double surprisal, EntityState state) {
    if (mark != null && episode.state() == Episode.State.OPENED) {
      state.notes().marks().put(mark);
    } else {
      state.notes().marks().grow(episode.id(), surprisal);
    }
  }

  /** Deviations from what was expected; of flags and categories the root of twice the nats. */
  static double residual(FieldFinding finding) {
    if (finding.value() instanceof Value.Number seen
        && finding.expected() instanceof Value.Number expected) {
      double sd = (finding.high() - finding.low()) / INTERVAL;
      return (seen.number() - expected.number()) / Math.max(sd, 1e-300);
    }
    return finding.culprit() ? Math.sqrt(2 * Math.max(0, finding.contribution())) : 0;
  }

  /**
   * Why a strange record is let pass, as verdicts say it; null where it is not.
   *
   * @param now what stands out of it
   */
  @Nullable String pardon(Mark now, EntityState state) {
    Mark nearest = null;
    double best = LIKE;
    for (Mark known : state.notes().marks().list()) {
      if (known.said() == Said.FALSE_ALARM || known.said() == Said.CONFIRMED) {
        double likeness = known.likeness(now);
        if (likeness >= best) {
          best = likeness;
          nearest = known;
        }
      }
    }
    confirmed = nearest != null && nearest.said() == Said.CONFIRMED;
    if (confirmed) {
      state.notes().pardon(Pardon.NONE);
      return null;
    }
    if (nearest == null || now.length() > FURTHER * nearest.length()) {
      nearest = goingOn(now, state);
    }
    nearest = nearest == null ? akin(now, state) : nearest;
    if (nearest == null) {
      return null;
    }
    state.notes().pardon(new Pardon(nearest.id(), 0));
    return "feedback on '%s': false alarm".formatted(nearest.id());
  }

  /** A false alarm that points nearly the same way and was stranger by far. */
  private static @Nullable Mark akin(Mark now, EntityState state) {
    for (Mark known : state.notes().marks().list()) {
      if (known.said() == Said.FALSE_ALARM
          && now.surprisal() <= FAR_LESS * known.surprisal()
          && now.length() <= known.length()
          && known.likeness(now) >= AKIN) {
        return known;
      }
    }
    return null;
  }

  /** The false alarm whose like is under way, where this record is no stranger than that was. */
  private static @Nullable Mark goingOn(Mark now, EntityState state) {
    Mark begun = state.notes().marks().find(state.notes().pardon().mark());
    return begun != null
            && begun.said() == Said.FALSE_ALARM
            && now.surprisal() <= FURTHER * begun.surprisal()
        ? begun
        : null;
  }

  /** Whether the record asked about last is like an alarm that was confirmed. */
  boolean confirmed() {
    return confirmed;
  }

  /** A record was not strange: after enough of them nothing is let pass any more. */
  void usual(EntityState state, boolean quiet) {
    confirmed = false;
    Pardon pardon = state.notes().pardon();
    if (pardon.given()) {
      int quieter = quiet ? pardon.quiet() + 1 : 0;
      state
          .notes()
          .pardon(quieter >= Calibration.RUN ? Pardon.NONE : new Pardon(pardon.mark(), quieter));
    }
  }
}
