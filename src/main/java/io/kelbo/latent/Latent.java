package io.kelbo.latent;

import io.kelbo.vae.Coder;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * How much one latent is used.
 *
 * @param kl nats a row that it carries, mean over the rows
 * @param mean of its posterior means, in prior standard deviations
 * @param spread standard deviation of its posterior means: 0 says nothing, 1 fills the prior
 * @param noise mean standard deviation of its posterior: 1 knows nothing
 */
public record Latent(double kl, double mean, double spread, double noise) {
  /** Nats below which a latent has collapsed to the prior. */
  public static final double ASLEEP = 0.05;

  public boolean asleep() {
    return kl < ASLEEP;
  }

  /** One for each latent, as the encoder places the rows. */
  static List<Latent> of(Coder network, Rows rows) {
    int latents = network.shape().latent();
    double n = rows.size();
    Workspace w = new Workspace(network.shape());
    double[] kl = new double[latents];
    double[] sum = new double[latents];
    double[] squares = new double[latents];
    double[] noise = new double[latents];
    for (int r = 0; r < rows.size(); r++) {
      rows.load(r, w);
      network.encode(w);
      for (int l = 0; l < latents; l++) {
        kl[l] += nats(w, l);
        sum[l] += w.z[l];
        squares[l] += w.z[l] * w.z[l];
        noise[l] += StrictMath.exp(0.5 * w.logVar[l]);
      }
    }
    List<Latent> all = new ArrayList<>();
    for (int l = 0; l < latents; l++) {
      double mean = sum[l] / n;
      double spread = Math.sqrt(Math.max(0, squares[l] / n - mean * mean));
      all.add(new Latent(kl[l] / n, mean, spread, noise[l] / n));
    }
    return List.copyOf(all);
  }

  /** {@code ½ (mean² + exp(logVar) - 1 - logVar)} of the row last encoded. */
  static double nats(Workspace w, int l) {
    return 0.5 * (w.z[l] * w.z[l] + StrictMath.exp(w.logVar[l]) - 1 - w.logVar[l]);
  }
}
