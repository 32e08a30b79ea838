package io.kelbo.vae;

import io.kelbo.kernel.Cholesky;
import java.util.Arrays;

/**
 * What would be left of {@code F(z) = Σ_k dev_k(z) + ½ Σ_l prior_l z_l²} if some groups of inputs
 * were not there and z were found anew: by the second-order form of F around one z, exact for
 * factor analysis. Leaving a group out takes its part off gradient and precision, so that it costs
 * L³ / 6 and not another pass over all inputs. One thread's.
 */
public final class LeftOut {
  private final int latent;
  private final double[] nats; // (groups)
  private final double[] gradients; // (groups, L)
  private final double[] precisions; // (groups, L, L), lower triangles
  private final double[] gradient; // (L) of F
  private final double[] precision; // (L, L) of F
  private final double[] z; // (L)
  private final double[] step; // (L)
  private final double[] rest; // (L)
  private final double[] factor; // (L, L)
  private double whole;

  public LeftOut(int groups, int latent) {
    this.latent = latent;
    this.nats = new double[groups];
    this.gradients = new double[groups * latent];
    this.precisions = new double[groups * latent * latent];
    this.gradient = new double[latent];
    this.precision = new double[latent * latent];
    this.z = new double[latent];
    this.step = new double[latent];
    this.rest = new double[latent];
    this.factor = new double[latent * latent];
  }

  /**
   * Begins at a z, with no inputs yet.
   *
   * @param at (L) z
   * @param prior (L) precisions of the prior
   */
  public void begin(double[] at, double[] prior) {
    Arrays.fill(nats, 0);
    Arrays.fill(gradients, 0);
    Arrays.fill(precisions, 0);
    Arrays.fill(precision, 0);
    whole = 0;
    for (int l = 0; l < latent; l++) {
      z[l] = at[l];
      gradient[l] = prior[l] * at[l];
      precision[l * latent + l] = prior[l];
      whole += 0.5 * prior[l] * at[l] * at[l];
    }
  }

  /**
   * Takes in one Gaussian input {@code ½ (r + Σ_l J_l δ_l)² / variance}.
   *
   * @param residual decoded minus seen, at the z begun with
   * @param jacobian J_l at {@code from + l * stride}
   */
  public void add(
      int group, double residual, double variance, double[] jacobian, int from, int stride) {
    add(group, 0.5 * residual * residual / variance);
    slope(group, residual / variance, 1 / variance, jacobian, from, stride);
  }

  private void add(int group, double deviance) {
    nats[group] += deviance;
    whole += deviance;
  }

  private void slope(
      int group, double slope, double information, double[] jacobian, int from, int stride) {
    for (int a = 0; a < latent; a++) {
      double j = jacobian[from + a * stride];
      gradient[a] += slope * j;
      gradients[group * latent + a] += slope * j;
      double weighted = information * j;
      int row = (group * latent + a) * latent;
      for (int b = 0; b <= a; b++) {
        double part = weighted * jacobian[from + b * stride];
        precision[a * latent + b] += part;
        precisions[row + b] += part;
      }
    }
  }

  /**
   * Takes in the present heads of a refined workspace, around its z.
   *
   * @param groups (heads) which group each belongs to
   */
  public void of(Network network, Workspace w, int[] groups) {
    Arrays.fill(rest, 1);
    begin(w.z, rest);
    int inputs = network.shape().inputs();
    for (int k = 0; k < groups.length; k++) {
      if (w.mask[k] != 0) {
        add(groups[k], network.deviance(w, k));
        Head head = network.shape().heads().get(k);
        for (int i = head.at(); i < head.at() + head.width(); i++) {
          slope(groups[k], w.etaGradient[i], w.information[i], w.jacobian, i, inputs);
        }
      }
    }
  }

  /** What is left without these groups, in nats. */
  public double without(boolean[] out) {
    System.arraycopy(gradient, 0, rest, 0, latent);
    System.arraycopy(precision, 0, factor, 0, factor.length);
    double left = whole;
    for (int g = 0; g < nats.length; g++) {
      if (out[g]) {
        left -= nats[g];
        for (int a = 0; a < latent; a++) {
          rest[a] -= gradients[g * latent + a];
          int row = (g * latent + a) * latent;
          for (int b = 0; b <= a; b++) {
            factor[a * latent + b] -= precisions[row + b];
          }
        }
      }
    }
    Arrays.fill(step, 0);
    // Taking off what was added may leave rounding where a latent spoke to one group only: then z
    // stays where it is.
    if (Cholesky.factor(factor, latent)) {
      System.arraycopy(rest, 0, step, 0, latent);
      Cholesky.solve(factor, latent, step, 0);
      for (int l = 0; l < latent; l++) {
        left -= 0.5 * step[l] * rest[l];
        step[l] = -step[l];
      }
    }
    return Math.max(0, left);
  }

  /** Decodes at the z last found, and leaves its precision for {@link Network#decodedVariance}. */
  public void decode(Network network, Workspace w) {
    for (int l = 0; l < latent; l++) {
      w.z[l] = z[l] + step[l];
    }
    network.decode(w);
    System.arraycopy(factor, 0, w.precision, 0, factor.length);
  }
}
