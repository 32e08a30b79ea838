package io.kelbo.vae;

/**
 * What the latents cost in training: {@code β KL} (Higgins et al. 2017), where β may rise from zero
 * (Bowman et al. 2016), so that latents are used before they are priced; where some of it may be
 * free (Kingma et al. 2016); and where latents that go together may cost more (Kumar et al. 2018).
 *
 * @param beta 0 (a plain autoencoder) or more; 1 is the evidence lower bound
 * @param rise share of the epochs over which β rises to its value, in 0..1
 * @param free nats of each latent and record that cost what none costs, 0 or more
 * @param unlike what a squared covariance of two latents' means costs, 0 or more
 */
public record Penalty(double beta, double rise, double free, double unlike) {
  /** The evidence lower bound from the first epoch on. */
  public static final Penalty BOUND = new Penalty(1, 0, 0, 0);

  public Penalty {
    if (!(beta >= 0 && beta < Double.MAX_VALUE && rise >= 0 && rise <= 1)) {
      throw new IllegalArgumentException(
          "beta is %s and its rise %s: beta must be 0 or more, the rise lie between 0 and 1"
              .formatted(beta, rise));
    }
    if (!(free >= 0 && free < Double.MAX_VALUE && unlike >= 0 && unlike < Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "free nats are %s and the price of likeness %s: both must be 0 or more"
              .formatted(free, unlike));
    }
  }

  /** The bound with another price for each nat. */
  public static Penalty of(double beta) {
    return new Penalty(beta, 0, 0, 0);
  }

  /** The bound, at a price that rises from zero over this share of the epochs. */
  public static Penalty rising(double rise) {
    return new Penalty(1, rise, 0, 0);
  }

  /** The bound, with the first so many nats of each latent free. */
  public static Penalty sparing(double free) {
    return new Penalty(1, 0, free, 0);
  }

  /** The bound, and a price on latents that go together. */
  public static Penalty parting(double unlike) {
    return new Penalty(1, 0, 0, unlike);
  }

  double at(int epoch, int epochs) {
    return rise == 0 ? beta : beta * Math.min(1, epoch / (rise * epochs));
  }
}
