package io.kelbo.context;

import io.kelbo.record.Field;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one entity between its records: the ring of recent raw observations, the open
 * episode. Mutable, used by one thread for the time of one record: read, judged, written back.
 */
public final class EntityState {
  /** How many recent records the ring holds. */
  public static final int CAPACITY = 32;

  private static final long LONGEST_JUMP_MILLIS = 3_600_000;
  private static final int AGREEING = 100;

  private final String entity;
  private final Fields fields;
  private final Ring ring;
  private long seen;
  private long newest;
  private @Nullable String episode;
  private int quiet;
  private int astray;
  private @Nullable Trace trace;
  private Adaptation adaptation = Adaptation.NONE;
  private final Notes notes = new Notes();

  EntityState(
      String entity,
      Fields fields,
      Ring ring,
      long seen,
      long newest,
      @Nullable String episode,
      int quiet,
      int astray) {
    this.entity = entity;
    this.fields = fields;
    this.ring = ring;
    this.seen = seen;
    this.newest = newest;
    this.episode = episode;
    this.quiet = quiet;
    this.astray = astray;
  }

  /** The state of an entity that was never seen. */
  public static EntityState fresh(String entity, Fields fields) {
    return new EntityState(
        entity, fields, new Ring(fields, CAPACITY), 0, Long.MIN_VALUE, null, 0, 0);
  }

  /**
   * Reads {@link #write}'s bytes; null, or bytes of other fields, begin a new state.
   *
   * @throws IllegalStateException if the bytes were written by a newer version, or are no state
   */
  public static EntityState read(String entity, Fields fields, byte @Nullable [] bytes) {
    return bytes == null ? fresh(entity, fields) : StateForm.read(entity, fields, bytes);
  }

  /** The state as bytes; the first is the format's version. */
  public byte[] write() {
    return StateForm.write(this);
  }

  /** Its name. */
  public String entity() {
    return entity;
  }

  /** How many records of this entity were ever accepted. */
  public long seen() {
    return seen;
  }

  /** Epoch milliseconds of the newest record accepted; {@code Long.MIN_VALUE} before the first. */
  public long newest() {
    return newest;
  }

  /** The id of the open episode, or null. */
  public @Nullable String episode() {
    return episode;
  }

  /** How many records in a row were normal since the open episode's last anomaly. */
  public int quiet() {
    return quiet;
  }

  /** Sets the open episode (null closes it) and the normal records since its last anomaly. */
  public void episode(@Nullable String id, int quiet) {
    this.episode = id;
    this.quiet = quiet;
  }

  /**
   * Where its running totals stand before a record of a topic. What another topic said of them is
   * of other totals: one file of history goes on where no other ends.
   */
  public Totals totals(String topic) {
    return Totals.before(fields, ring, topic, 0);
  }

  /**
   * Fills in what the surroundings of a record, not yet accepted, say of its fields.
   *
   * @param came the record as it came
   * @param observation with the growth of its totals, and the entity's {@link Shift} applied, if
   *     there is one
   */
  public void surround(Incoming came, Observation observation, Recent recent) {
    recent.begin(ring);
    int shifted = notes.shift().newest(seen);
    for (int j = 0; j < fields.size(); j++) {
      Field field = fields.get(j);
      double shift = notes.shift().of(j);
      if (field.total()) {
        double stands = came.observation().number(j);
        recent.total(j, stands, came.source().topic(), field.step(), ring, shift, shifted);
      } else if (field.numeric()) {
        recent.number(j, observation.number(j), ring, shift, shifted);
      } else {
        recent.category(j, observation.missing(j), ring);
      }
    }
  }

  /**
   * The trace over some fields, so many records back; what an earlier one knows of them is kept.
   *
   * @param measured places of the fields, ascending
   */
  public Trace trace(int[] measured, int reach) {
    Trace known = trace;
    if (known == null) {
      known = Trace.empty(measured, reach);
    } else if (!known.holds(measured, reach)) {
      known = known.fitted(measured, reach);
    }
    trace = known;
    known.less(notes.shift(), notes.shift().newest(seen + 1));
    return known;
  }

  @Nullable Trace trace() {
    return trace;
  }

  /** What the stream has changed since a snapshot; of no model where there is nothing yet. */
  public Adaptation adaptation() {
    return adaptation;
  }

  public void adaptation(Adaptation fresh) {
    adaptation = fresh;
  }

  /** What is noted beside the records. */
  public Notes notes() {
    return notes;
  }

  void trace(@Nullable Trace known) {
    trace = known;
  }

  /** Takes a record into the ring, after it was judged. */
  public void accept(Incoming incoming, boolean flagged) {
    ring.add(incoming, flagged);
    seen++;
  }

  /**
   * Moves the entity's clock to a record's time and says whether the record is late. A record more
   * than an hour ahead, or late, moves it only when 100 in a row agree: one record from 2099 must
   * not make all that follow late.
   *
   * @param time epoch milliseconds
   * @param late how far behind the clock a record may be, in milliseconds
   */
  public boolean clock(long time, long late) {
    if (newest == Long.MIN_VALUE) {
      newest = time;
      return false;
    }
    boolean behind = time < newest - late;
    if (!behind && time <= newest + LONGEST_JUMP_MILLIS) {
      newest = Math.max(newest, time);
      astray = 0;
      return false;
    }
    astray++;
    if (astray >= AGREEING) {
      newest = time;
      astray = 0;
      return false;
    }
    return behind;
  }

  /** Records in a row whose time was far from the clock. */
  int astray() {
    return astray;
  }

  /** The newest records, at most {@code count} and at most {@link #CAPACITY}, oldest first. */
  public Run recent(int count) {
    return recent(count, ring::observation);
  }

  /** As {@link #recent}, with what totals grew by. */
  public Run grown(int count) {
    return recent(count, back -> Totals.growth(fields, ring, back));
  }

  private Run recent(int count, IntFunction<Observation> observation) {
    int n = Math.min(count, ring.size());
    List<Run.Moment> moments = new ArrayList<>(n);
    for (int back = n; back >= 1; back--) {
      moments.add(
          new Run.Moment(
              Instant.ofEpochMilli(ring.time(back)),
              ring.source(back),
              observation.apply(back),
              ring.flagged(back)));
    }
    return new Run(entity, moments);
  }

  Ring ring() {
    return ring;
  }

  Fields fields() {
    return fields;
  }
}
