package io.kelbo.score;

import io.kelbo.encode.Windows;
import java.util.List;

/**
 * All that was learned of how a stream moves over time: windows over the measured fields, the joint
 * view, and for one measured field the exemplar views of its form. Immutable.
 *
 * @param pointUsual the score of the record alone that one row in twenty exceeds out of sample; what
 *     its views are weighed by
 */
public record Temporal(
    Windows windows, JointView joint, List<ExemplarView> exemplars, double pointUsual) {
  /** Weight of the joint view; that of the exemplar views is their own. */
  public static final double JOINT = 1;

  /**
   * Weight of the record alone: what lets flags, categories and patterns count in the ranking. More
   * costs where streams drift: .1 took asd from .68 to .63 (2026-11-24).
   */
  public static final double POINT = 0.02;

  public Temporal {
    exemplars = List.copyOf(exemplars);
    windows.mustHold(joint.shape(), joint.features());
    exemplars.forEach(view -> windows.mustHold(view.shape(), view.features()));
    if (!(pointUsual > 0)) {
      throw new IllegalArgumentException(
          "the usual score of a record alone is %s but must be above 0".formatted(pointUsual));
    }
  }

  /** The surprisal that one row in twenty reaches or exceeds, about, in nats. */
  public double usual() {
    double weights = JOINT + POINT;
    for (ExemplarView view : exemplars) {
      weights += view.weight();
    }
    return weights * joint.heldOut();
  }
}
