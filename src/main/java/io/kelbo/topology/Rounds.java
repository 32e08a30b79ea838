package io.kelbo.topology;

import io.kelbo.context.Beat;
import io.kelbo.context.EntityState;
import io.kelbo.decide.Calibration;
import io.kelbo.model.Episode;
import io.kelbo.model.Verdict;
import io.kelbo.observe.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Goes round the entities of a task, by the wall clock and a few at a time: who has fallen silent,
 * who can be forgotten. With more entities than one walk sees, a round takes several.
 *
 * <p>Time is that of the records, and runs on with the wall clock while none come. While a backlog
 * is read, or a simulation runs faster than the wall, nobody is called silent.
 */
final class Rounds {
  static final Duration EVERY = Duration.ofSeconds(5);

  /** States looked at in a walk: the first bytes of each, so that a walk takes milliseconds. */
  static final int STATES = 500;

  /** Nobody is silent sooner: a walk's own pace, and what a rebalance takes. */
  static final Duration LEAST = Duration.ofSeconds(20);

  // Records' time against the wall's, between two walks: beyond it a backlog is read.
  private static final double FASTEST = 2;
  private static final int CALM_WALKS = 2;

  private final ScoringSettings.Watch watch;
  private final KeyValueStore<String, byte[]> entities;
  private final ClockGuard guard;
  private final Seats seats;
  private final Meters meters;
  private @Nullable String next;
  private long heard;
  private long walked;
  private long clock;
  private int calm;

  /**
   * @param now wall-clock time in ms: what was before counts as heard
   */
  Rounds(
      ScoringSettings.Watch watch,
      KeyValueStore<String, byte[]> entities,
      ClockGuard guard,
      Seats seats,
      Meters meters,
      long now) {
    this.watch = watch;
    this.entities = entities;
    this.guard = guard;
    this.seats = seats;
    this.meters = meters;
    this.heard = now;
    this.walked = now;
    this.clock = guard.clock();
  }

  /** A record came, at a wall-clock time in ms. */
  void heard(long now) {
    heard = now;
  }

  /** Looks at the next entities; returns what is to be said of them. */
  List<Verdict> walk(long now) {
    long fresh = guard.clock();
    boolean slow = clock >= 0 && fresh - clock <= FASTEST * Math.max(0, now - walked) + 1000;
    calm = slow ? calm + 1 : 0;
    clock = fresh;
    walked = now;
    List<Verdict> said = new ArrayList<>();
    if (fresh < 0) {
      return said;
    }
    long time = fresh + Math.max(0, now - heard);
    List<KeyValue<String, byte[]>> due = new ArrayList<>();
    int seen = 0;
    String from = next;
    try (KeyValueIterator<String, byte[]> some =
        from == null ? entities.all() : entities.range(from, null)) {
      while (some.hasNext() && seen < STATES) {
        KeyValue<String, byte[]> entity = some.next();
        seen++;
        if (forgettable(Beat.of(entity.value), time) || silent(Beat.of(entity.value), time)) {
          due.add(entity);
        }
      }
      next = some.hasNext() ? some.next().key : null;
    }
    for (KeyValue<String, byte[]> entity : due) {
      attend(entity.key, entity.value, time, said);
    }
    return said;
  }

  private boolean forgettable(Beat beat, long time) {
    return beat.heard() >= 0 && time - beat.heard() > watch.forget().toMillis();
  }

  private boolean silent(Beat beat, long time) {
    return watch.silence() > 0
        && calm >= CALM_WALKS
        && beat.silent(time, watch.silence(), LEAST.toMillis());
  }

  private void attend(String entity, byte[] bytes, long time, List<Verdict> said) {
    Seat.Sitting sitting = seats.sitting();
    if (sitting == null) {
      return;
    }
    EntityState state = EntityState.read(entity, sitting.fields(), bytes);
    Beat beat = state.notes().beat();
    String open = state.episode();
    if (forgettable(beat, time)) {
      entities.delete(entity);
      meters.forgotten.increment();
      if (open != null) {
        said.add(
            verdict(
                "forgotten/" + entity + "/" + last(state),
                entity,
                beat,
                "forgotten: nothing came for " + Duration.ofMillis(time - beat.heard()),
                new Episode(open, Episode.State.CLOSED)));
      }
      return;
    }
    String id = "silent/" + entity + "/" + last(state);
    Episode episode =
        open == null
            ? new Episode(id, Episode.State.OPENED)
            : new Episode(open, Episode.State.CONTINUED);
    if (open == null) {
      state.episode(id, Calibration.RUN - 1); // the first usual record that comes closes it
    }
    state.notes().beat(beat.toldOf());
    entities.put(entity, state.write());
    said.add(
        verdict(
            id,
            entity,
            beat,
            "nothing came for %s; of late the longest interval was %s"
                .formatted(
                    Duration.ofMillis(time - beat.heard()),
                    Duration.ofMillis((long) beat.longest())),
            episode));
  }

  private static Verdict verdict(
      String id, String entity, Beat beat, String reason, Episode episode) {
    return Verdict.silent(id, entity, Instant.ofEpochMilli(beat.heard()), reason, episode);
  }

  /** The newest record's id; a dash where the ring holds none. */
  private static String last(EntityState state) {
    return state.seen() == 0 ? "-" : state.recent(1).moments().get(0).source().id();
  }
}
