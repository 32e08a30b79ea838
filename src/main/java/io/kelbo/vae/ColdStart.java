package io.kelbo.vae;

import java.util.Random;

/**
 * A linear network that knows the base rates and nothing of how fields go together: small random
 * weights, as most autoencoders begin. For showing what the warm start of {@link LinearStart} is
 * worth.
 */
public final class ColdStart {
  private static final double SMALL = 0.1; // of weights, in standardised units

  private ColdStart() {}

  /** A network of the shape of {@code warm}, with its biases. Same seed, same bytes. */
  public static Network of(Network warm, long seed) {
    Shape s = warm.shape();
    Random random = new Random(seed);
    double[] p = warm.parameters();
    for (int i = 0; i < s.encodeBias(); i++) {
      p[s.encodeSkip() + i] = SMALL * random.nextGaussian();
    }
    for (int i = 0; i < s.latent(); i++) {
      p[s.logVarBias() + i] = 0; // the prior's
    }
    for (int i = 0; i < s.latent() * s.inputs(); i++) {
      p[s.decodeSkip() + i] = SMALL * random.nextGaussian();
    }
    for (Head head : s.heads()) {
      if (head.likelihood() == Likelihood.GAUSSIAN) {
        p[s.logSd() + head.at()] = 0; // standardised values have variance 1
      }
    }
    return new Network(s, p);
  }
}
