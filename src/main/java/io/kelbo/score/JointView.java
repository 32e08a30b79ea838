package io.kelbo.score;

import io.kelbo.encode.WindowScale;
import io.kelbo.encode.WindowShape;
import io.kelbo.vae.Network;
import io.kelbo.vae.Shape;

/**
 * What was learned of the joint window over all measured fields at several time scales: a network
 * whose linear path is factor analysis, and what an {@link EntityDrift} needs to follow a stream
 * from there. Immutable.
 *
 * @param residual (features) mean squared residual of the rows learned from
 * @param spread (L) mean square of their latents
 * @param usual the score that one row in twenty exceeds, in nats; larger ones teach less
 * @param heldOut the same out of sample: blocked cross-validation
 * @param records how many rows it was learned from
 */
@SuppressWarnings("ArrayRecordComponent") // read on the hot path, never handed out to be written
public record JointView(
    WindowShape shape,
    WindowScale scale,
    Network network,
    double[] residual,
    double[] spread,
    double usual,
    double heldOut,
    int records) {
  public JointView {
    Shape form = network.shape();
    if (form.inputs() != scale.mean().length
        || residual.length != form.inputs()
        || spread.length != form.latent()) {
      throw new IllegalArgumentException(
          "a joint window of %d numbers was given a network of %d, %d residuals, %d spreads of %d"
              .formatted(
                  scale.mean().length,
                  form.inputs(),
                  residual.length,
                  spread.length,
                  form.latent()));
    }
    if (!(usual > 0) || !(heldOut > 0) || records < 1) {
      throw new IllegalArgumentException(
          "the usual score is %s, out of sample %s, of %d rows; all must be above 0"
              .formatted(usual, heldOut, records));
    }
  }

  /** D: how many numbers. */
  public int features() {
    return residual.length;
  }
}
