package io.kelbo.vae;

import java.util.Arrays;
import java.util.List;

/**
 * The instant model: robust factor analysis over the Gaussian heads, base rates elsewhere, as a
 * network without hidden units. Fast (milliseconds), deterministic, and always a challenger.
 */
public final class LinearStart {
  private static final double PSI_FLOOR = 0.01; // of standardised values
  private static final int ITERATIONS = 15;
  private static final int ROBUST_ROUNDS = 3;
  private static final double NU = 4;

  private LinearStart() {}

  /**
   * A network and the row weights that made it robust.
   *
   * @param weights (rows), in 0..1.5, small for rows that look like outliers, 0 for those left out
   */
  public record Fitted(Network network, double[] weights) {
    public Fitted {
      weights = weights.clone();
    }

    @Override
    public double[] weights() {
      return weights.clone();
    }
  }

  /**
   * Fits with three rounds of reweighting, {@code w = (ν + d) / (ν + 2 S)}.
   *
   * @param latent how many latents
   * @param fixed (D) places whose ψ stays 1
   */
  public static Fitted fit(List<Head> heads, Rows rows, int latent, boolean[] fixed) {
    return fit(heads, rows, latent, fixed, 0);
  }

  /**
   * The same, where rows may hold anomalies that keep each other company.
   *
   * @param trimmed share of the rows, the furthest, that is left out, in 0..0.5
   */
  public static Fitted fit(
      List<Head> heads, Rows rows, int latent, boolean[] fixed, double trimmed) {
    double[] weights = new double[rows.size()];
    Arrays.fill(weights, 1);
    Network network = once(heads, rows, latent, fixed, weights);
    for (int round = 1; round < ROBUST_ROUNDS; round++) {
      Lengths lengths = Lengths.of(network, rows, fixed);
      for (int r = 0; r < rows.size(); r++) {
        weights[r] = (NU + lengths.heads()[r]) / (NU + lengths.squares()[r]);
      }
      trim(weights, trimmed);
      network = once(heads, rows, latent, fixed, weights);
    }
    return new Fitted(widened(network, Lengths.of(network, rows, fixed).excess(), fixed), weights);
  }

  private static void trim(double[] weights, double trimmed) {
    int out = (int) (trimmed * weights.length);
    if (out > 0) {
      double[] sorted = weights.clone();
      Arrays.sort(sorted);
      for (int r = 0; r < weights.length; r++) {
        weights[r] = weights[r] < sorted[out] ? 0 : weights[r];
      }
    }
  }

  /**
   * All Gaussian variances times {@code factor}, the posterior as it was: down-weighting the far
   * rows makes the variances of normal ones too small, and expected values too sure.
   */
  private static Network widened(Network network, double factor, boolean[] fixed) {
    Shape s = network.shape();
    double[] p = network.parameters();
    double root = Math.sqrt(factor);
    for (Head head : s.heads()) {
      int at = head.at();
      if (head.likelihood() == Likelihood.GAUSSIAN && !fixed[at]) {
        p[s.logSd() + at] += 0.5 * StrictMath.log(factor);
        for (int l = 0; l < s.latent(); l++) {
          p[s.decodeSkip() + l * s.inputs() + at] *= root;
          p[s.encodeSkip() + at * s.latent() + l] /= root;
        }
      }
    }
    for (int l = 0; l < s.latent(); l++) {
      p[s.encodeBias() + l] /= root;
    }
    return new Network(s, p);
  }

  private static Network once(
      List<Head> heads, Rows rows, int latent, boolean[] fixed, double[] weights) {
    int[] gaussian =
        java.util.stream.IntStream.range(0, heads.size())
            .filter(k -> heads.get(k).likelihood() == Likelihood.GAUSSIAN)
            .toArray();
    int[] places = Arrays.stream(gaussian).map(k -> heads.get(k).at()).toArray();
    int d = places.length;
    Shape shape = new Shape(heads, Math.max(1, Math.min(latent, Math.max(d, 1))), 0);
    double[] p = new double[shape.parameters()];
    BaseRates.fill(shape, rows, weights, p);
    if (d > 0) {
      boolean[] still = new boolean[d];
      for (int j = 0; j < d; j++) {
        still[j] = fixed[places[j]];
      }
      Moments moments = new Moments(rows, places, gaussian, weights);
      place(
          shape,
          places,
          FactorAnalysis.fit(moments, shape.latent(), PSI_FLOOR, still, ITERATIONS),
          p);
    }
    return new Network(shape, p);
  }

  /** {@code Ws = Ψ^-1 W G}, {@code bm = -Ws' b}, {@code logVar = log diag G}, {@code Wd = W'}. */
  static void place(Shape s, int[] places, FactorAnalysis fa, double[] p) {
    int latent = s.latent();
    double[] all = new double[fa.d];
    Arrays.fill(all, 1);
    double[] g = fa.posterior(all);
    double[] gain = fa.gain(g, all);
    for (int l = 0; l < latent; l++) {
      p[s.logVarBias() + l] = StrictMath.log(g[l * latent + l]);
      double bias = 0;
      for (int j = 0; j < fa.d; j++) {
        p[s.encodeSkip() + places[j] * latent + l] = gain[l * fa.d + j];
        p[s.decodeSkip() + l * s.inputs() + places[j]] = fa.loadings[j * latent + l];
        bias -= gain[l * fa.d + j] * fa.bias[j];
      }
      p[s.encodeBias() + l] = bias;
    }
    for (int j = 0; j < fa.d; j++) {
      p[s.decodeBias() + places[j]] = fa.bias[j];
      p[s.logSd() + places[j]] = 0.5 * StrictMath.log(fa.psi[j]);
    }
  }
}
