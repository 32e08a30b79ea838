package io.kelbo.vae;

/**
 * What the latents cost in training: {@code β KL} (Higgins et al. 2017), where β may rise from zero
 * (Bowman et al. 2016), so that latents are used before they are priced.
 *
 * @param beta 0 (a plain autoencoder) or more; 1 is the evidence lower bound
 * @param rise share of the epochs over which β rises to its value, in 0..1
 */
public record Penalty(double beta, double rise) {
  /** The evidence lower bound from the first epoch on. */
  public static final Penalty BOUND = new Penalty(1, 0);

  public Penalty {
    if (!(beta >= 0 && beta < Double.MAX_VALUE && rise >= 0 && rise <= 1)) {
      throw new IllegalArgumentException(
          "beta is %s and its rise %s: beta must be 0 or more, the rise lie between 0 and 1"
              .formatted(beta, rise));
    }
  }

  double at(int epoch, int epochs) {
    return rise == 0 ? beta : beta * Math.min(1, epoch / (rise * epochs));
  }
}
