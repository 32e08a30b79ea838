package io.kelbo.score;

import io.kelbo.encode.Windows;

/**
 * Each measured field now and as the mean of 16 records, on a wide scale: what is far out counts as
 * far out. It needs few rows, so that it decides where the warm-up was too short for the joint
 * view.
 */
public record NearView(Windows windows, JointView joint) {
  /** Deviations beyond this grow by their logarithm: on SKAB, 10 cost .07 of F1 (2026-11-24). */
  public static final double LIMIT = 100;

  public static final int RECORDS = 16;

  public NearView {
    windows.mustHold(joint.shape(), joint.features());
  }
}
