package io.kelbo.vae;

/**
 * What a record's latents cost in training, as a {@link Penalty} says, and the gradient of it.
 *
 * <pre>
 * cost = β Σ_l max(free, KL_l) + γ Σ_{i≠j} C_ij (mean_i - m_i) (mean_j - m_j)
 * KL_l = ½ (mean² + exp(logVar) - 1 - logVar)
 * </pre>
 *
 * Over a batch the second part has the gradient of {@code γ Σ_{i<j} Cov(mean_i, mean_j)²} (Kumar et
 * al. 2018, DIP-VAE I, off the diagonal): m and C are moving moments of the batches before, so that
 * a record's cost needs no other record.
 */
final class LatentPrice {
  private static final double MEMORY = 0.9; // of a batch, for the next

  private final Penalty penalty;
  private final int latent;
  private final double[] centre; // (L)
  private final double[] covariance; // (L, L)
  private double beta;

  /** As in the first epoch. */
  LatentPrice(Penalty penalty, int latent) {
    this.penalty = penalty;
    this.latent = latent;
    this.centre = new double[latent];
    this.covariance = new double[latent * latent];
    this.beta = penalty.at(0, 1);
  }

  void begin(int epoch, int epochs) {
    beta = penalty.at(epoch, epochs);
  }

  /** The cost of {@code mean}, {@code logVar} and {@code variance}, in nats. */
  double of(Workspace w) {
    double cost = 0;
    for (int l = 0; l < latent; l++) {
      cost += beta * Math.max(penalty.free(), nats(w, l));
    }
    for (int l = 0; penalty.unlike() > 0 && l < latent; l++) {
      cost += 0.5 * (w.mean[l] - centre[l]) * pull(w, l);
    }
    return cost;
  }

  private static double nats(Workspace w, int l) {
    return 0.5 * (w.mean[l] * w.mean[l] + w.variance[l] - 1 - w.logVar[l]);
  }

  private boolean priced(Workspace w, int l) {
    return penalty.free() == 0 || nats(w, l) > penalty.free();
  }

  /** {@code d cost / d mean_l}. */
  double meanGradient(Workspace w, int l) {
    double own = priced(w, l) ? beta * w.mean[l] : 0;
    return penalty.unlike() > 0 ? own + pull(w, l) : own;
  }

  /** {@code d cost / d logVar_l}. */
  double logVarGradient(Workspace w, int l) {
    return priced(w, l) ? 0.5 * beta * (w.variance[l] - 1) : 0;
  }

  private double pull(Workspace w, int l) {
    double sum = 0;
    for (int j = 0; j < latent; j++) {
      sum += j == l ? 0 : covariance[l * latent + j] * (w.mean[j] - centre[j]);
    }
    return 2 * penalty.unlike() * sum;
  }

  /** Whether it wants to know of each batch. */
  boolean learns() {
    return penalty.unlike() > 0;
  }

  /**
   * Takes in a batch.
   *
   * @param sum (L) of the means
   * @param products (L, L) of them
   */
  void learn(double[] sum, double[] products, int rows) {
    for (int l = 0; l < latent; l++) {
      for (int j = 0; j < latent; j++) {
        double now = products[l * latent + j] / rows - sum[l] / rows * (sum[j] / rows);
        covariance[l * latent + j] = MEMORY * covariance[l * latent + j] + (1 - MEMORY) * now;
      }
    }
    for (int l = 0; l < latent; l++) {
      centre[l] = MEMORY * centre[l] + (1 - MEMORY) * sum[l] / rows;
    }
  }
}
