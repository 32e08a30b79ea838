package io.kelbo.score;

import io.kelbo.encode.Windows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was learned of how a stream moves over time: windows over the measured fields, the joint
 * view, and for one measured field the exemplar views of its form. Immutable.
 *
 * @param near the fields now and as the mean of 16 records; null for too many of them
 * @param pointUsual the score of the record alone that one row in twenty exceeds out of sample;
 *     what its views are weighed by
 */
public record Temporal(
    Windows windows,
    JointView joint,
    @Nullable NearView near,
    List<ExemplarView> exemplars,
    double pointUsual) {
  /** Weight of the joint view; that of the exemplar views is their own. */
  public static final double JOINT = 1;

  /**
   * Weight of the record alone: what lets flags, categories and patterns count in the ranking. More
   * costs where streams drift: .1 took asd from .68 to .63, .02 to .667 (2026-11-24).
   */
  public static final double POINT = 0.002;

  /**
   * Weight of the near view, as a share of the joint and the exemplar views' together. On skab it
   * takes VUS-PR from .925 to .95, smap and msl gain up to .01, asd loses .003 (2026-11-24); three
   * times as much costs elsewhere.
   */
  public static final double NEAR = 0.03;

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
    return (views(exemplars) * (near == null ? 1 : 1 + NEAR) + POINT) * joint.heldOut();
  }

  /** The weights of the joint and the exemplar views together. */
  public static double views(List<ExemplarView> exemplars) {
    double weights = JOINT;
    for (ExemplarView view : exemplars) {
      weights += view.weight();
    }
    return weights;
  }
}
