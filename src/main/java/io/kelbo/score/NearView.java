package io.kelbo.score;

import io.kelbo.encode.Windows;

/**
 * What a short warm-up can calibrate: each measured field now and as the mean of 16 records, with a
 * wide scale. Its own windows, since a joint window of many numbers would need more rows.
 */
public record NearView(Windows windows, JointView joint) {
  /** Deviations beyond this grow by their logarithm: on SKAB, 10 cost .07 of F1 (2026-11-24). */
  public static final double LIMIT = 100;

  public static final int RECORDS = 16;

  public NearView {
    windows.mustHold(joint.shape(), joint.features());
  }
}
