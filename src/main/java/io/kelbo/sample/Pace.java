package io.kelbo.sample;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How many records came in a sliding window of stream time: the count of this window, and of the
 * last one the share that the slide still covers. Also remembers the clock that it was counted by.
 */
public final class Pace {
  private static final byte FORMAT = 1;
  private static final int LENGTH = 1 + 4 * Long.BYTES;

  private final long windowMillis;
  private long clock = -1;
  private long start;
  private long current;
  private long previous;

  public Pace(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  /**
   * Continues from {@link #write}'s bytes; null begins anew.
   *
   * @throws IllegalStateException if the bytes were written by a newer version, or are no pace
   */
  public static Pace read(long windowMillis, byte @Nullable [] bytes) {
    Pace pace = new Pace(windowMillis);
    if (bytes == null) {
      return pace;
    }
    if (bytes.length != LENGTH || bytes[0] != FORMAT) {
      throw new IllegalStateException(
          ("the count of a segment's records has format %d and %d bytes but this Kelbo reads %d of"
                  + " %d: run the newer version that wrote it, or `kelbo reset`")
              .formatted(bytes.length == 0 ? 0 : bytes[0], bytes.length, FORMAT, LENGTH));
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
    pace.clock = buffer.getLong();
    pace.start = buffer.getLong();
    pace.current = buffer.getLong();
    pace.previous = buffer.getLong();
    return pace;
  }

  public byte[] write() {
    return ByteBuffer.allocate(LENGTH)
        .put(FORMAT)
        .putLong(clock)
        .putLong(start)
        .putLong(current)
        .putLong(previous)
        .array();
  }

  /** Counts one record at a stream time that never goes back. */
  public void count(long clockMillis) {
    if (clock < 0) {
      start = clockMillis;
    }
    clock = Math.max(clock, clockMillis);
    long windows = (clock - start) / windowMillis;
    if (windows > 0) {
      previous = windows == 1 ? current : 0;
      current = 0;
      start += windows * windowMillis;
    }
    current++;
  }

  /** The newest stream time counted, in ms; -1 before the first. */
  public long clock() {
    return clock;
  }

  /** Records in the window that ends now; at least 1 once one was counted. */
  public double records() {
    double gone = (double) (clock - start) / windowMillis;
    return current + previous * Math.max(0, 1 - gone);
  }
}
