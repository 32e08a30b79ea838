package io.kelbo.context;

import java.nio.ByteBuffer;

/**
 * How often an entity sends, on the clock of its partition: the longest interval of late, and when
 * it was last heard. That clock is the records', so that a backlog read fast teaches the same, and
 * an entity whose own clock is wrong is as regular as any. Immutable.
 *
 * @param heard the partition's clock at the newest record, in ms; -1 before the first
 * @param longest the longest interval of late, in ms: each next one takes a 200th off it
 * @param intervals how many there were, up to {@value #ENOUGH}
 * @param told the {@code heard} of the silence that was told last; -1 if none was
 */
public record Beat(long heard, double longest, int intervals, long told) {
  /** From so many intervals on it is known what is usual. */
  public static final int ENOUGH = 32;

  static final Beat UNHEARD = new Beat(-1, 0, 0, -1);

  static final int BYTES = 8 + 8 + 4 + 8;

  private static final double FORGETTING = 1.0 / 200;
  // One leap of the clock must not make an entity inaudible for good.
  private static final double MOST_GROWTH = 4;

  /** The beat in the bytes of a state; nothing else of them is read. */
  public static Beat of(byte[] state) {
    return StateForm.beat(state);
  }

  /** After a record. */
  Beat heard(long clock) {
    long interval = heard < 0 ? 0 : clock - heard;
    if (interval <= 0) {
      return new Beat(Math.max(heard, clock), longest, intervals, told);
    }
    boolean known = intervals >= ENOUGH;
    double believed = known ? Math.min(interval, MOST_GROWTH * longest) : interval;
    return new Beat(
        clock,
        Math.max(believed, longest * (1 - FORGETTING)),
        Math.min(intervals + 1, ENOUGH),
        told);
  }

  /** The same after its silence was told. */
  public Beat toldOf() {
    return new Beat(heard, longest, intervals, heard);
  }

  /** Whether, at a time of its partition's clock, it has been silent for too long, untold. */
  public boolean silent(long clock, double factor, long least) {
    return intervals >= ENOUGH
        && told != heard
        && clock - heard > Math.max(least, factor * longest);
  }

  void write(ByteBuffer out) {
    out.putLong(heard).putDouble(longest).putInt(intervals).putLong(told);
  }

  static Beat read(ByteBuffer in) {
    return new Beat(in.getLong(), in.getDouble(), in.getInt(), in.getLong());
  }
}
