package io.kelbo.encode;

import java.util.List;

/**
 * Which numbers are taken of the recent past: for each scale {@code s}, the means of {@code points}
 * neighbouring blocks of {@code s} records, the newest first.
 *
 * @param scales records a block; 1 is the values themselves
 * @param points blocks of each scale
 * @param differences of each value from the one before, instead of the value
 * @param centred less their own mean, so that the level does not count, only the form
 */
public record WindowShape(List<Integer> scales, int points, boolean differences, boolean centred) {
  public WindowShape {
    scales = List.copyOf(scales);
    if (scales.isEmpty() || points < 1 || scales.stream().anyMatch(s -> s < 1)) {
      throw new IllegalArgumentException(
          "a window of %d points at scales %s is none".formatted(points, scales));
    }
  }

  /** How many records it reaches back, the present one included. */
  public int reach() {
    return Math.toIntExact(farthest());
  }

  long farthest() {
    long longest = scales.stream().mapToLong(Integer::longValue).max().orElse(1);
    return longest * points + (differences ? 1 : 0);
  }

  /** How many numbers it takes of so many channels. */
  public int features(int channels) {
    return scales.size() * points * channels;
  }
}
