package io.kelbo.score;

/**
 * One channel's own distribution, whatever the other channels say: the reconstruction error under a
 * decoder whose fields are independent. Immutable.
 */
public sealed interface Margin permits Spread, Shares {
  /**
   * Minus the log of the probability of a value at least as far out, in nats, never negative.
   *
   * @param value a standardised number or count, or a class; 0 and 1 for flags
   */
  double surprisal(double value);
}
