package io.kelbo.vae;

import io.kelbo.kernel.Cholesky;
import io.kelbo.kernel.Exponential;
import io.kelbo.kernel.Kernels;

/**
 * Learned weights; immutable, shared by all threads, each with its own {@link Workspace}.
 *
 * <p>Kingma and Welling 2014 for the bound, Lucas et al. 2019 for the linear case.
 */
public final class Network implements Coder {
  private static final double LONGEST_STEP = 3; // in prior standard deviations

  private final Shape shape;
  private final double[] parameters;
  private final double[] psi;
  private final double[] halfPrecision; // (D) 1/2ψ
  private final int[] quadratic; // (H) a quantity's place, else -1
  private final Kernels kernels = Kernels.best();
  private final Fused fused;

  /**
   * Copies the parameters.
   *
   * @throws IllegalArgumentException if their number does not fit the shape or one is not finite
   */
  public Network(Shape shape, double[] parameters) {
    if (parameters.length != shape.parameters()) {
      throw new IllegalArgumentException(
          "%d parameters were given for a shape of %d"
              .formatted(parameters.length, shape.parameters()));
    }
    for (double parameter : parameters) {
      if (!Double.isFinite(parameter)) {
        throw new IllegalArgumentException(
            "a parameter is " + parameter + ": the training diverged");
      }
    }
    this.shape = shape;
    this.parameters = parameters.clone();
    this.fused = new Fused(kernels, shape, this.parameters);
    this.quadratic =
        shape.heads().stream().mapToInt(head -> head.quadratic() ? head.at() : -1).toArray();
    this.psi = new double[shape.inputs()];
    this.halfPrecision = new double[psi.length];
    for (int i = 0; i < psi.length; i++) {
      psi[i] = Exponential.exp(2 * parameters[shape.logSd() + i]);
      halfPrecision[i] = 0.5 / psi[i];
      if (!(halfPrecision[i] > 0 && halfPrecision[i] < Double.MAX_VALUE)) {
        throw new IllegalArgumentException("a variance is " + psi[i] + ": the training diverged");
      }
    }
  }

  @Override
  public Shape shape() {
    return shape;
  }

  /** A copy of all parameters, in the order of {@link Shape}. */
  public double[] parameters() {
    return parameters.clone();
  }

  /** A copy of Wd (L, D): the linear path of the decoder. */
  public double[] decoderSlope() {
    return java.util.Arrays.copyOfRange(
        parameters, shape.decodeSkip(), shape.decodeSkip() + shape.latent() * shape.inputs());
  }

  /** A copy of b3 (D): what z = 0 decodes to. */
  public double[] decoderBias() {
    return java.util.Arrays.copyOfRange(
        parameters, shape.decodeBias(), shape.decodeBias() + shape.inputs());
  }

  /** Variance of a Gaussian head's place, dispersion of a Poisson's; 1 elsewhere. */
  public double psi(int place) {
    return psi[place];
  }

  /** From {@code input} and {@code mask} to {@code z} (the posterior mean) and {@code logVar}. */
  @Override
  public void encode(Workspace w) {
    EncoderPass.forward(kernels, shape, parameters, w);
    System.arraycopy(w.mean, 0, w.z, 0, shape.latent());
  }

  /**
   * From {@code input} and {@code mask} to {@code z} alone, as {@link #encode}: a score needs no
   * more.
   */
  public void locate(Workspace w) {
    fused.locate(w);
  }

  /** From {@code z} to {@code eta}. */
  @Override
  public void decode(Workspace w) {
    fused.decode(w);
  }

  /**
   * Gauss-Newton steps towards the most probable {@code z} given the observed heads, from the
   * {@code z} at hand; one step is exact for the linear path with Gaussian heads and any mask.
   * Leaves {@code z}, {@code eta} there, and the factor of {@code I + J' Λ J} in {@code precision}.
   */
  public void refine(Workspace w, int steps) {
    int latent = shape.latent();
    fused.decode(w);
    for (int round = 0; ; round++) {
      linearise(w);
      if (round == steps) {
        return;
      }
      double norm = 0;
      for (int l = 0; l < latent; l++) {
        w.step[l] = -w.latentGradient[l] - w.z[l];
      }
      Cholesky.solve(w.precision, latent, w.step, 0);
      for (int l = 0; l < latent; l++) {
        norm += w.step[l] * w.step[l];
      }
      // The cap guards the nonlinear branch only: a linear step is exact at any length.
      double scale =
          shape.hidden() == 0 ? 1 : Math.min(1, LONGEST_STEP / Math.max(Math.sqrt(norm), 1e-9));
      for (int l = 0; l < latent; l++) {
        w.z[l] += scale * w.step[l];
      }
      fused.decode(w);
    }
  }

  /** Precision and likelihood gradient in z, at the z last decoded. */
  private void linearise(Workspace w) {
    int latent = shape.latent();
    int inputs = shape.inputs();
    DecoderPass.jacobian(kernels, shape, parameters, w);
    for (int k = 0; k < shape.heads().size(); k++) {
      Head head = shape.heads().get(k);
      if (w.mask[k] == 0) {
        for (int i = head.at(); i < head.at() + head.width(); i++) {
          w.etaGradient[i] = 0;
          w.information[i] = 0;
        }
      } else {
        double variance = psi[head.at()];
        head.likelihood()
            .gradient(w.eta, w.target, head.at(), head.width(), variance, w.etaGradient);
        head.likelihood().information(w.eta, head.at(), head.width(), variance, w.information);
      }
    }
    java.util.Arrays.fill(w.latentGradient, 0);
    kernels.multiplyAddTransposed(
        w.etaGradient, 0, inputs, w.jacobian, 0, latent, w.latentGradient, 0);
    java.util.Arrays.fill(w.precision, 0);
    for (int a = 0; a < latent; a++) { // the lower triangle is all that Cholesky reads
      for (int i = 0; i < inputs; i++) {
        w.weighted[i] = w.jacobian[a * inputs + i] * w.information[i];
      }
      w.precision[a * latent + a] = 1;
      kernels.multiplyAddTransposed(
          w.weighted, 0, inputs, w.jacobian, 0, a + 1, w.precision, a * latent);
    }
    if (!Cholesky.factor(w.precision, latent)) {
      throw new ArithmeticException("the posterior precision is not positive definite");
    }
  }

  /** After {@link #refine}: standard deviation of the posterior of a latent. */
  public double spread(Workspace w, int latent) {
    java.util.Arrays.fill(w.column, 0);
    w.column[latent] = 1;
    return Math.sqrt(Cholesky.quadratic(w.precision, shape.latent(), w.column));
  }

  /** After {@link #refine}: variance of {@code eta} at a place that comes from not knowing z. */
  public double decodedVariance(Workspace w, int place) {
    int latent = shape.latent();
    for (int l = 0; l < latent; l++) {
      w.column[l] = w.jacobian[l * shape.inputs() + place];
    }
    return Cholesky.quadratic(w.precision, latent, w.column);
  }

  /** Minus the log of the probability of one head at the {@code eta} at hand, in nats. */
  @Override
  public double logLoss(Workspace w, int head) {
    Head at = shape.heads().get(head);
    return at.logLoss(w.eta, w.target, psi[at.at()]);
  }

  /** Deviances of all heads at the {@code eta} at hand, in nats; 0 where not in the mask. */
  public void deviances(Workspace w) {
    for (int i = 0; i < psi.length; i++) { // as if all were quantities: no branch, all at once
      double r = w.eta[i] - w.target[i];
      w.weighted[i] = r * r * halfPrecision[i];
    }
    for (int k = 0; k < quadratic.length; k++) {
      double deviance = quadratic[k] >= 0 ? w.weighted[quadratic[k]] : deviance(w, k);
      w.deviance[k] = w.mask[k] == 0 ? 0 : deviance;
    }
  }

  /** Deviance of one head at the {@code eta} at hand, in nats. */
  public double deviance(Workspace w, int head) {
    Head at = shape.heads().get(head);
    return at.deviance(w.eta, w.target, psi[at.at()]);
  }
}
