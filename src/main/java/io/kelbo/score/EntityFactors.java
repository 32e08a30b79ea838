package io.kelbo.score;

import io.kelbo.kernel.Kernels;
import io.kelbo.vae.Network;

/**
 * Factor analysis of a small window that goes on learning: all first and second moments of one
 * entity's stream, and every 256 records two EM steps from where it was. Each record counts by
 * {@code min(1, usual/S)²}; the past fades over 16,000 records. For a few numbers only (D² / 2 are
 * kept). The moments stand in an entity's adaptation; one thread's scratch is here.
 */
final class EntityFactors {
  private static final double MEMORY = 16_000; // records
  private static final double LASTING = 64_000; // records
  private static final int EVERY = 256; // records
  private static final int STEPS = 2;
  private static final double PSI_FLOOR = 0.01;

  private final JointView view;
  private final int d;
  private final int latent;
  private final double[] x; // (D) centred, then the residual
  private final float[] narrow; // (D) the window
  private final double[] scaled; // (D) centred, over ψ
  private final double[] pull; // (L) what the window says of the latents
  private final double[] z; // (L)
  private double reconstruction;
  private double latentPart;

  EntityFactors(JointView view) {
    this.view = view;
    this.d = view.features();
    this.latent = view.network().shape().latent();
    this.x = new double[d];
    this.narrow = new float[d];
    this.scaled = new double[d];
    this.pull = new double[latent];
    this.z = new double[latent];
  }

  /**
   * How many numbers of an adaptation it takes: counters, mean, ψ, fresh mean, W, second moments,
   * the latents' posterior covariance.
   */
  int floats() {
    return 3 + 3 * d + d * latent + d * (d + 1) / 2 + latent * (latent + 1) / 2;
  }

  private int mean(int at) {
    return at + 3;
  }

  private int psi(int at) {
    return at + 3 + d;
  }

  private int fresh(int at) {
    return at + 3 + 2 * d;
  }

  private int loadings(int at) {
    return at + 3 + 3 * d; // (L, D)
  }

  private int moments(int at) {
    return at + 3 + 3 * d + d * latent; // lower triangle
  }

  private int spread(int at) {
    return moments(at) + d * (d + 1) / 2; // lower triangle
  }

  /** Writes the start: the network's factor analysis, and the moments it implies. */
  void begin(float[] numbers, int at) {
    Network network = view.network();
    numbers[at] = (float) Math.min(MEMORY, view.records());
    numbers[at + 2] = (float) (StrictMath.log(view.usual()) - 1); // a usual score, about
    double[] w = network.decoderSlope(); // (L, D)
    double[] bias = network.decoderBias();
    for (int j = 0; j < d; j++) {
      numbers[mean(at) + j] = (float) bias[j];
      numbers[fresh(at) + j] = (float) bias[j];
      numbers[psi(at) + j] = (float) network.psi(j);
      for (int l = 0; l < latent; l++) {
        numbers[loadings(at) + l * d + j] = (float) w[l * d + j];
      }
    }
    int o = moments(at);
    for (int j = 0; j < d; j++) {
      for (int k = 0; k <= j; k++) {
        double sum = bias[j] * bias[k] + (j == k ? network.psi(j) : 0);
        for (int l = 0; l < latent; l++) {
          sum += w[l * d + j] * w[l * d + k];
        }
        numbers[o++] = (float) sum;
      }
    }
    SmallFactors.spread(d, latent, numbers, loadings(at), psi(at), spread(at));
  }

  /**
   * Scores a window, in nats: {@code ½ (x-b)'(WW'+Ψ)^-1(x-b)}, as residuals and latents.
   *
   * @param window (D) scaled
   */
  void score(double[] window, float[] numbers, int at) {
    for (int j = 0; j < d; j++) {
      x[j] = window[j] - numbers[mean(at) + j];
      scaled[j] = x[j] / numbers[psi(at) + j];
    }
    for (int l = 0; l < latent; l++) {
      int row = loadings(at) + l * d;
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += numbers[row + j] * scaled[j];
      }
      pull[l] = sum;
    }
    latentPart = 0;
    for (int l = 0; l < latent; l++) {
      double sum = 0;
      for (int k = 0; k < latent; k++) {
        int row = Math.max(l, k);
        sum += numbers[spread(at) + row * (row + 1) / 2 + Math.min(l, k)] * pull[k];
      }
      z[l] = sum; // posterior mean
      latentPart += 0.5 * sum * sum;
    }
    for (int l = 0; l < latent; l++) {
      int row = loadings(at) + l * d;
      for (int j = 0; j < d; j++) {
        x[j] -= numbers[row + j] * z[l]; // now the residual
      }
    }
    reconstruction = 0;
    for (int j = 0; j < d; j++) {
      reconstruction += 0.5 * x[j] * x[j] / numbers[psi(at) + j];
    }
  }

  /** Learns from the window scored last. */
  void learn(double[] window, float[] numbers, int at) {
    double s = reconstruction + latentPart;
    double weight = Trust.weight(s, view.usual(), numbers[at + 2]);
    numbers[at + 2] = (float) Trust.level(numbers[at + 2], s, LASTING);
    double total = numbers[at] + weight;
    double old = numbers[at] / total;
    double now = weight / total;
    // In single precision, as they are kept: this loop is most of what a record of many fields
    // costs.
    float kept = (float) old;
    for (int j = 0; j < d; j++) {
      narrow[j] = (float) window[j];
      numbers[fresh(at) + j] = (float) (old * numbers[fresh(at) + j] + now * window[j]);
    }
    int o = moments(at);
    for (int j = 0; j < d; j++) {
      Kernels.best().fade(numbers, o, j + 1, kept, narrow, 0, (float) (now * window[j]));
      o += j + 1;
    }
    numbers[at] = (float) Math.min(total, MEMORY);
    numbers[at + 1]++;
    if (numbers[at + 1] >= EVERY) {
      numbers[at + 1] = 0;
      refit(numbers, at);
    }
  }

  /** Reconstruction error of the window scored last, in nats. */
  double reconstruction() {
    return reconstruction;
  }

  /** Latent part of the window scored last, in nats. */
  double latent() {
    return latentPart;
  }

  private void refit(float[] numbers, int at) {
    double[] c = new double[d * d];
    int o = moments(at);
    for (int j = 0; j < d; j++) {
      double mj = numbers[fresh(at) + j];
      numbers[mean(at) + j] = numbers[fresh(at) + j];
      for (int k = 0; k <= j; k++) {
        c[j * d + k] = numbers[o++] - mj * numbers[fresh(at) + k];
        c[k * d + j] = c[j * d + k];
      }
    }
    for (int step = 0; step < STEPS; step++) {
      SmallFactors.step(c, d, latent, PSI_FLOOR, numbers, loadings(at), psi(at));
    }
    SmallFactors.spread(d, latent, numbers, loadings(at), psi(at), spread(at));
  }
}
