package io.kelbo.vae;

/** What turns a row into a place and a place into a row: ours, or the rival it is held against. */
public sealed interface Coder permits Network, PlainVae {
  Shape shape();

  /** From {@code input} and {@code mask} to {@code z}, the posterior mean, and {@code logVar}. */
  void encode(Workspace w);

  /** From {@code z} to {@code eta}. */
  void decode(Workspace w);

  /** Minus the log of the probability of one head at the {@code eta} at hand, in nats. */
  double logLoss(Workspace w, int head);
}
