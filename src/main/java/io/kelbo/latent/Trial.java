package io.kelbo.latent;

import io.kelbo.vae.Network;
import java.util.List;

/**
 * One training, measured on rows that it did not see.
 *
 * @param latents how many it has
 * @param beta what a nat of theirs cost
 * @param rate nats a row that the latents carry
 * @param distortion nats a row that they leave unsaid; may be negative, where a density exceeds 1
 * @param bounds (held-out rows) rate + distortion of each
 * @param asleep how many latents carry less than {@link Latent#ASLEEP} nats
 * @param network what was trained
 */
public record Trial(
    int latents,
    double beta,
    double rate,
    double distortion,
    List<Double> bounds,
    int asleep,
    Network network) {
  public Trial {
    bounds = List.copyOf(bounds);
  }

  /** Rate + distortion, minus the evidence lower bound: nats a row, lower is better. */
  public double bound() {
    return rate + distortion;
  }

  /**
   * Whether it is no worse than another beyond chance: by the mean difference of the same rows'
   * bounds, within one standard error (Breiman et al. 1984).
   */
  boolean asGoodAs(Trial best) {
    double n = bounds.size();
    double mean = bound() - best.bound();
    double squares = 0;
    for (int r = 0; r < bounds.size(); r++) {
      double off = bounds.get(r) - best.bounds.get(r) - mean;
      squares += off * off;
    }
    return mean <= Math.sqrt(squares / Math.max(1, n - 1) / n);
  }
}
