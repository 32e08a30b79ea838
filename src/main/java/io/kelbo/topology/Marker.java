package io.kelbo.topology;

import io.kelbo.model.Provenance;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is due and what is done for a segment; stored, and committed together with the outcome.
 *
 * @param since stream time in ms from which the next interval counts: the last training, or the
 *     first sample
 * @param due stream time in ms at which a training became due; -1 while none is
 * @param learned how many records the last training learned from; 0 before the first
 * @param version the newest version forwarded; 0 before the first
 */
record Marker(long since, long due, long learned, int version) {
  private static final byte FORMAT = 1;
  private static final int LENGTH = 1 + 3 * Long.BYTES + Integer.BYTES;

  /** Reads {@link #write}'s bytes; null, or bytes of another format, begin anew. */
  static Marker read(byte @Nullable [] bytes, long now) {
    if (bytes == null || bytes.length != LENGTH || bytes[0] != FORMAT) {
      return new Marker(now, -1, 0, 0);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
    return new Marker(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getInt());
  }

  byte[] write() {
    return ByteBuffer.allocate(LENGTH)
        .put(FORMAT)
        .putLong(since)
        .putLong(due)
        .putLong(learned)
        .putInt(version)
        .array();
  }

  /**
   * Whether a training falls due: when an interval has passed, or early when the sample has
   * doubled, since a first model of a few hundred records deserves a second look.
   *
   * <p>The interval counts from the newest record that the champion knows, not from the oldest
   * sample, and a sample much smaller than the champion's waits: while a backlog is worked off, the
   * partitions that are ahead would else train a model that has never seen the others' entities.
   *
   * @param now stream time in ms
   * @param records how many records the sample holds
   */
  boolean falling(long now, Duration every, long records, Provenance champion) {
    long known = Math.max(learned, champion.records());
    if (records >= 2 * known) {
      return true;
    }
    long newest = champion.to().toEpochMilli();
    long from = newest <= now ? Math.max(since, newest) : since;
    return now - from >= every.toMillis() && 2 * records >= known;
  }

  boolean isDue() {
    return due >= 0;
  }

  Marker dueAt(long time) {
    return new Marker(since, time, learned, version);
  }

  Marker done(long learnedNow, int versionNow) {
    return new Marker(due, -1, learnedNow, Math.max(version, versionNow));
  }
}
