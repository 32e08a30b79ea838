package io.kelbo.topology;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock that one broken record cannot move: a time more than an hour ahead counts only after a
 * hundred records in a row were that far ahead. It never goes back, and is never negative.
 */
final class ClockGuard {
  static final long JUMP_MILLIS = Duration.ofHours(1).toMillis();
  static final int AGREEING = 100;

  private long clock;
  private long last;
  private int ahead;

  /**
   * @param clock where it stood, in ms; -1 where that is not known
   * @param now wall-clock time in ms: a first record is believed up to an hour past it
   */
  ClockGuard(long clock, long now) {
    this.clock = clock;
    this.unknownLimit = now;
  }

  private final long unknownLimit;

  /**
   * Shows it a record's time; returns that time if it is believed, otherwise the clock.
   *
   * @return in ms, never negative
   */
  synchronized long admit(long time) {
    long own = Math.max(0, time);
    long base = clock < 0 ? unknownLimit : clock;
    if (own - base <= JUMP_MILLIS) {
      ahead = 0;
      clock = Math.max(clock, own);
      return own;
    }
    ahead++;
    if (ahead < AGREEING) {
      last = own;
      return Math.max(0, clock);
    }
    // The smaller of the last two: the hundredth may itself be the broken one.
    ahead = 0;
    clock = Math.min(own, last);
    return clock;
  }

  /** The newest time believed, in ms; -1 before the first. */
  synchronized long clock() {
    return clock;
  }

  /** Whether the newest record was too far ahead to be believed. */
  synchronized boolean held() {
    return ahead > 0;
  }

  /** Milliseconds since 1970; times that have no such number become the nearest that has. */
  static long millis(Instant time) {
    try {
      return time.toEpochMilli();
    } catch (ArithmeticException outOfRange) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
