package io.kelbo.topology;

import io.kelbo.model.Provenance;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is due and what is done for a segment; stored, and committed together with the outcome.
 *
 * @param since stream time in ms from which the next interval counts: the last training, or the
 *     first sample
 * @param due stream time in ms at which a training became due; -1 while none is
 * @param cause why it is due; of the last one while none is
 * @param learned how many records the last training learned from; 0 before the first
 * @param version the newest version forwarded; 0 before the first
 * @param promoted the version that the gate let score last; 0 where none, or it was rolled back
 * @param frozen whether nothing is promoted by itself
 */
record Marker(
    long since, long due, Cause cause, long learned, int version, int promoted, boolean frozen) {
  private static final byte FORMAT = 2;
  private static final byte OLDEST = 1;
  private static final int OLDEST_LENGTH = 1 + 3 * Long.BYTES + Integer.BYTES;
  private static final int LENGTH = OLDEST_LENGTH + Integer.BYTES + 2;

  /** Why a training is due. Kept by place: new ones go last. */
  enum Cause {
    /** An interval has passed. */
    SCHEDULE,
    /** The sample has doubled. */
    GROWTH,
    /** The stream left what was learned from. */
    DRIFT,
    /** Somebody asked for it. */
    DEMAND,
    /** The segment has no model of its own yet. */
    FIRST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads {@link #write}'s bytes; null begins anew.
   *
   * @throws IllegalStateException if the bytes were written by a newer version
   */
  static Marker read(byte @Nullable [] bytes, long now) {
    if (bytes == null) {
      return new Marker(now, -1, Cause.SCHEDULE, 0, 0, 0, false);
    }
    boolean oldest = bytes.length == OLDEST_LENGTH && bytes[0] == OLDEST;
    if (!oldest && !(bytes.length == LENGTH && bytes[0] == FORMAT)) {
      throw new IllegalStateException(
          ("the marker of trainings has format %d but this Kelbo reads %d to %d:"
                  + " run the newer version that wrote it, or `kelbo reset`")
              .formatted(bytes.length == 0 ? 0 : bytes[0], OLDEST, FORMAT));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    long since = in.getLong();
    long due = in.getLong();
    long learned = in.getLong();
    int version = in.getInt();
    return oldest
        ? new Marker(since, due, Cause.SCHEDULE, learned, version, 0, false)
        : new Marker(since, due, cause(in), learned, version, in.getInt(), in.get() != 0);
  }

  private static Cause cause(ByteBuffer in) {
    int place = in.get();
    return Cause.values()[Math.max(0, Math.min(Cause.values().length - 1, place))];
  }

  byte[] write() {
    return ByteBuffer.allocate(LENGTH)
        .put(FORMAT)
        .putLong(since)
        .putLong(due)
        .putLong(learned)
        .putInt(version)
        .put((byte) cause.ordinal())
        .putInt(promoted)
        .put((byte) (frozen ? 1 : 0))
        .array();
  }

  /**
   * Whether a training falls due, and why: when an interval has passed, or early when the sample
   * has doubled, since a first model of a few hundred records deserves a second look.
   *
   * <p>The interval counts from the newest record that the champion knows, not from the oldest
   * sample, and a sample much smaller than the champion's waits: while a backlog is worked off, the
   * partitions that are ahead would else train a model that has never seen the others' entities.
   *
   * @param now stream time in ms
   * @param every stream time between trainings; null where none falls due by itself
   * @param records how many records the sample holds
   */
  @Nullable Cause falling(long now, @Nullable Duration every, long records, Provenance champion) {
    if (every == null) {
      return null;
    }
    long known = Math.max(learned, champion.records());
    if (records >= 2 * known) {
      return Cause.GROWTH;
    }
    long newest = champion.to().toEpochMilli();
    long from = newest <= now ? Math.max(since, newest) : since;
    return now - from >= every.toMillis() && 2 * records >= known ? Cause.SCHEDULE : null;
  }

  boolean isDue() {
    return due >= 0;
  }

  /** Due from now on; a training that is due already is another one than this. */
  Marker dueAt(long time, Cause why) {
    return new Marker(since, Math.max(time, due + 1), why, learned, version, promoted, frozen);
  }

  /**
   * A training has ended.
   *
   * @param was what it was due for: what fell due meanwhile stays due
   * @param published the version that it published; 0 for none
   * @param scores whether that version scores
   */
  Marker done(Marker was, long learnedNow, int published, boolean scores) {
    boolean more = due != was.due;
    return new Marker(
        was.due,
        more ? due : -1,
        more ? cause : was.cause,
        learnedNow,
        Math.max(version, published),
        scores ? published : promoted,
        frozen);
  }

  Marker rolledBack() {
    return new Marker(since, due, cause, learned, version, 0, frozen);
  }

  Marker freezing(boolean on) {
    return new Marker(since, due, cause, learned, version, promoted, on);
  }
}
