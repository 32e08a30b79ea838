package io.kelbo.score;

import io.kelbo.kernel.Kernels;
import io.kelbo.vae.LeftOut;
import io.kelbo.vae.Network;
import io.kelbo.vae.Workspace;
import java.util.Arrays;

/**
 * Follows one entity's stream away from a {@link JointView}: its mean, the size of its residuals
 * and latents, and two directions in which its residuals move together. Each record counts by
 * {@code w = min(1, usual/S)²}, so that what is strange teaches little; the past fades over 16,000
 * records.
 *
 * <p>Instead of all second moments (D², more than an entity's state may hold) it keeps 4 D + L
 * numbers: on eight real sets that scored no worse (2026-11-24: skab .925 against .930, smd .743
 * against .721, asd .677 against .673). The moments stand in an entity's adaptation from {@code at}
 * on; one thread's scratch is here.
 */
final class EntityDrift {
  private static final double MEMORY = 16_000; // records
  // On eight sets 4,000 changed no mean by more than .004, 2,000 cost up to .17 (2026-11-24).
  private static final double LASTING = 4000; // records
  // A short warm-up must not be talked over by the first hundred records: it counts for this many.
  private static final double LEAST_RECORDS = 2000;
  static final int DIRECTIONS = 2;
  // Of a direction's size this much is noise: the residuals are scaled to about 1.
  private static final double NOISE = 1.5;
  // A number whose residual was all but nothing may grow by its floor, not without bound.
  private static final double CUSHION = 0.5;
  private static final double LEAST_SHARE = 0.05;

  private final JointView view;
  private final int d;
  private final boolean several; // measured fields; of one, latents and directions
  // stay as learned: following them cost smap .01 and msl .03 of VUS-PR (2026-11-24)
  private final int latent;
  private final Workspace w;
  private final double[] moments; // means, mean squares, directions: (4, D), as the entity has them
  private final double[] excess; // (3, D) residuals eta - x, and the two excess directions
  private final double[] weighed; // (3, D) the same over the variance
  private final double[] products = new double[9]; // of each row of excess with each weighed
  private final double[] size = new double[1];
  private final double[] variance; // (D) of the residual, as adapted
  private final double[] psi; // (D) of the network
  private final double[] learned; // (D) mean squares of the residuals learned from
  private final double[] unit; // (D) what a mean square is multiplied by to be a variance
  private final double[] noise; // (D) roots of ψ
  private final Turning turning;
  private final double[] grown; // (L) mean squares of the latents, in units of the learned ones
  private double reconstruction;
  private double latentPart;

  EntityDrift(JointView view) {
    this.view = view;
    this.d = view.features();
    this.several = d > view.shape().features(1);
    this.latent = view.network().shape().latent();
    this.w = new Workspace(view.network().shape());
    Arrays.fill(w.mask, 1);
    this.moments = new double[(2 + DIRECTIONS) * d];
    this.excess = new double[(1 + DIRECTIONS) * d];
    this.weighed = new double[excess.length];
    this.variance = new double[d];
    this.grown = new double[latent];
    this.noise = new double[d];
    this.psi = new double[d];
    this.learned = view.residual();
    this.unit = new double[d];
    for (int i = 0; i < d; i++) {
      psi[i] = view.network().psi(i);
      noise[i] = Math.sqrt(psi[i]);
      unit[i] = psi[i] / (view.residual()[i] + CUSHION * psi[i]);
    }
    this.turning = new Turning(noise);
  }

  /** How many numbers of an adaptation it takes. */
  int floats() {
    return 2 + (2 + DIRECTIONS) * d + latent;
  }

  /** Writes the start: nothing has changed. */
  void begin(float[] numbers, int at) {
    numbers[at] = (float) Math.min(MEMORY, Math.max(LEAST_RECORDS, view.records()));
    numbers[at + 1] = (float) (StrictMath.log(view.usual()) - 1); // a usual score, about
    for (int i = 0; i < d; i++) {
      numbers[residuals(at) + i] = (float) view.residual()[i];
    }
    for (int l = 0; l < latent; l++) {
      numbers[spreads(at) + l] = (float) view.spread()[l];
    }
  }

  private static int means(int at) {
    return at + 2;
  }

  private int residuals(int at) {
    return at + 2 + d;
  }

  private int directions(int at) {
    return at + 2 + 2 * d;
  }

  private int spreads(int at) {
    return at + 2 + (2 + DIRECTIONS) * d;
  }

  /**
   * Scores a window, in nats.
   *
   * @param window (D) scaled
   */
  double score(double[] window, float[] numbers, int at) {
    Network network = view.network();
    Kernels.best().widen(numbers, means(at), moments.length, moments, 0);
    for (int i = 0; i < d; i++) {
      w.input[i] = window[i] - moments[i];
    }
    System.arraycopy(w.input, 0, w.target, 0, d);
    network.encode(w);
    network.decode(w);
    for (int i = 0; i < d; i++) {
      excess[i] = w.eta[i] - w.input[i];
    }
    variances();
    reconstruction = 0.5 * Math.max(0, unexplained());
    latentPart = 0;
    for (int l = 0; l < latent; l++) {
      grown[l] = several ? Math.max(numbers[spreads(at) + l] / view.spread()[l], LEAST_SHARE) : 1;
      latentPart += 0.5 * w.z[l] * w.z[l] / grown[l];
    }
    return reconstruction + latentPart;
  }

  /** Residual variances and excess directions, from the moments. */
  private void variances() {
    for (int q = 0; q < DIRECTIONS; q++) {
      int from = (2 + q) * d;
      size[0] = 0;
      Kernels.best().multiplyAddTransposed(moments, from, d, moments, from, 1, size, 0);
      double keep = size[0] > NOISE ? Math.sqrt((size[0] - NOISE) / size[0]) : 0;
      int to = (1 + q) * d;
      for (int i = 0; i < d; i++) {
        excess[to + i] = keep * moments[from + i] * noise[i];
      }
    }
    for (int i = 0; i < d; i++) {
      double first = excess[d + i];
      double second = excess[2 * d + i];
      double now = moments[d + i] - first * first - second * second;
      variance[i] = unit[i] * (Math.max(now, LEAST_SHARE * learned[i]) + CUSHION * psi[i]);
    }
  }

  /**
   * Squared length of the residuals in deviations, less what the directions take off it: {@code b'
   * M^-1 b}, Woodbury.
   */
  private double unexplained() {
    for (int i = 0; i < d; i++) {
      double over = 1 / variance[i];
      weighed[i] = excess[i] * over;
      weighed[d + i] = excess[d + i] * over;
      weighed[2 * d + i] = excess[2 * d + i] * over;
    }
    Arrays.fill(products, 0);
    for (int row = 0; row < 3; row++) {
      Kernels.best()
          .multiplyAddTransposed(weighed, row * d, d, excess, 0, row + 1, products, 3 * row);
    }
    double a = products[3];
    double b = products[6];
    double aa = 1 + products[4];
    double ab = products[7];
    double bb = 1 + products[8];
    return products[0] - (a * a * bb - 2 * a * b * ab + b * b * aa) / (aa * bb - ab * ab);
  }

  /** Learns from the window scored last. */
  void learn(double[] window, float[] numbers, int at) {
    double s = Math.max(reconstruction + latentPart, 1e-9);
    double weight = Trust.weight(s, view.usual(), numbers[at + 1]);
    numbers[at + 1] = (float) Trust.level(numbers[at + 1], s, LASTING);
    double n = numbers[at];
    double total = n + weight;
    double old = n / total;
    double fresh = weight / total;
    Kernels.best().widen(numbers, means(at), moments.length, moments, 0);
    for (int i = 0; i < d; i++) {
      moments[i] = old * moments[i] + fresh * window[i];
    }
    for (int i = 0; i < d; i++) {
      moments[d + i] = old * moments[d + i] + fresh * excess[i] * excess[i];
    }
    if (several) {
      turning.turn(excess, moments, 2 * d, old, fresh);
    }
    Kernels.best().narrow(moments, 0, moments.length, numbers, means(at));
    for (int l = 0; l < latent; l++) {
      int spread = spreads(at) + l;
      numbers[spread] = (float) (old * numbers[spread] + fresh * w.z[l] * w.z[l]);
    }
    numbers[at] = (float) Math.min(total, MEMORY);
  }

  /** Writes (D) residuals of the window scored last, in standard deviations as adapted. */
  void residuals(double[] out, int at) {
    for (int i = 0; i < d; i++) {
      out[at + i] = -excess[i] / Math.sqrt(variance[i]); // observed less expected
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

  /**
   * Takes the window scored last into what fields are left out of: factor analysis as it has
   * followed the stream, its excess directions as two more latents.
   *
   * @param loadings (L + 2, D) scratch, its first L rows the decoder's slope
   * @param groups (D) which group each number of the window is left out with
   */
  void load(LeftOut rest, double[] loadings, int[] groups) {
    double[] prior = new double[latent + DIRECTIONS];
    Arrays.fill(prior, 1);
    for (int l = 0; l < latent; l++) {
      prior[l] = 1 / grown[l];
    }
    System.arraycopy(excess, d, loadings, latent * d, DIRECTIONS * d);
    rest.begin(new double[prior.length], prior);
    double[] bias = view.network().decoderBias();
    for (int i = 0; i < d; i++) {
      rest.add(groups[i], bias[i] - w.input[i], variance[i], loadings, i, d);
    }
  }
}
