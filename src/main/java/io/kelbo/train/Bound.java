package io.kelbo.train;

import io.kelbo.context.Recent;
import io.kelbo.encode.Encoder;
import io.kelbo.vae.Network;
import io.kelbo.vae.Workspace;
import java.util.Map;
import java.util.Random;

/**
 * The evidence lower bound of held-out rows and its parts, in nats a record of encoded fields; one
 * draw of z a row. Tells how a model is; decides nothing.
 */
final class Bound {
  private static final int MOST_ROWS = 1000;
  // Burda, Grosse and Salakhutdinov 2016 call a unit active by the variance of its mean over 0.01.
  private static final double ACTIVE = 0.01;

  private Bound() {}

  /** Adds {@code elbo, elbo_reconstruction, kl_1 …, active_latents}. */
  static void into(
      Map<String, Double> figures,
      Encoder encoder,
      Network network,
      TrainingRows rows,
      int[] places,
      long seed) {
    int latent = network.shape().latent();
    Workspace w = new Workspace(network.shape());
    Recent recent = new Recent(encoder.fields().size());
    Random random = new Random(seed);
    double[] kl = new double[latent];
    double[] square = new double[latent];
    double[] mean = new double[latent];
    double reconstruction = 0;
    int stride = Math.max(1, places.length / MOST_ROWS);
    int count = 0;
    for (int i = 0; i < places.length; i += stride, count++) {
      rows.surroundings(places[i], recent);
      encoder.encode(rows.observations().get(places[i]), recent.means, w.input, w.target, w.mask);
      network.encode(w);
      for (int l = 0; l < latent; l++) {
        double m = w.z[l];
        double variance = StrictMath.exp(w.logVar[l]);
        kl[l] += 0.5 * (m * m + variance - 1 - w.logVar[l]);
        mean[l] += m;
        square[l] += m * m;
        w.z[l] = m + Math.sqrt(variance) * random.nextGaussian();
      }
      network.decode(w);
      for (int k = 0; k < w.mask.length; k++) {
        reconstruction += w.mask[k] == 0 ? 0 : network.logLoss(w, k);
      }
    }
    double whole = 0;
    int active = 0;
    for (int l = 0; l < latent; l++) {
      figures.put("kl_" + (l + 1), kl[l] / count);
      whole += kl[l] / count;
      double centre = mean[l] / count;
      active += square[l] / count - centre * centre > ACTIVE ? 1 : 0;
    }
    figures.put("elbo", -(reconstruction / count + whole));
    figures.put("elbo_reconstruction", reconstruction / count);
    figures.put("active_latents", (double) active);
  }
}
