package io.kelbo.score;

import io.kelbo.encode.WindowScale;
import io.kelbo.encode.WindowShape;

/**
 * The latent likelihood of a window under an exemplar prior: how far it is from the nearest of the
 * windows that were learned from (the aggregate posterior held by stored rows; Norouzi et al. 2020,
 * Tomczak and Welling 2018). Immutable.
 *
 * @param exemplars (features, count) input-major
 * @param heldOut the score that one row in twenty exceeds out of sample
 * @param weight its weight among the views
 */
@SuppressWarnings("ArrayRecordComponent") // read on the hot path, never handed out to be written
public record ExemplarView(
    WindowShape shape,
    WindowScale scale,
    float[] exemplars,
    int count,
    double heldOut,
    double weight) {
  public ExemplarView {
    if (count < 1 || exemplars.length != count * scale.mean().length) {
      throw new IllegalArgumentException(
          "%d exemplars of %d numbers do not fill %d places"
              .formatted(count, scale.mean().length, exemplars.length));
    }
    if (!(heldOut > 0) || !(weight > 0)) {
      throw new IllegalArgumentException(
          "an exemplar view's usual score is %s and its weight %s; both must be above 0"
              .formatted(heldOut, weight));
    }
  }

  /** How many numbers a window has. */
  public int features() {
    return scale.mean().length;
  }
}
