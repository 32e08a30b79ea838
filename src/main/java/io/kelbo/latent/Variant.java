package io.kelbo.latent;

/**
 * Another way to build or to train it, measured on the rows that no training saw.
 *
 * @param what in words
 * @param latents how many it has
 * @param rate nats a row that the latents carry
 * @param distortion nats a row that they leave unsaid
 * @param likeness mean size of the correlations between its latents that are awake, in 0..1; 0
 *     where fewer than two are
 */
public record Variant(String what, int latents, double rate, double distortion, double likeness) {
  /** Nats a row, lower is better. */
  public double bound() {
    return rate + distortion;
  }
}
