package io.kelbo.vae;

import io.kelbo.kernel.Kernels;

/**
 * The loss of one record, minus the evidence lower bound, and its gradient.
 *
 * <pre>
 * loss = Σ_k m_k nll_k(eta(z)) + cost     z = mean + exp(½ logVar) ε
 * d/d mean = dz + d cost / d mean         d/d logVar = ½ dz ε exp(½ logVar) + d cost / d logVar
 * </pre>
 *
 * The cost is the {@link LatentPrice}, β KL at the least. It is added to the loss (subtracted from
 * the bound): Kingma and Welling 2014, appendix B.
 */
final class Elbo {
  private static final double HALF_LOG_2PI = 0.5 * StrictMath.log(2 * Math.PI);

  private Elbo() {}

  /**
   * @param inputMask (H) what the encoder may see; a subset of the workspace's mask, which says
   *     what is scored (hidden entries are scored too: denoising)
   * @param noise (L) standard normal
   * @param price of the latents
   * @param g gradient (parameters), added to, times {@code weight}: all but the weights
   * @param outers what the weights' gradient is made of
   * @return the loss, in nats, not weighted
   */
  static double accumulate(
      Kernels kernels,
      Shape s,
      double[] p,
      Workspace w,
      double[] inputMask,
      double[] noise,
      LatentPrice price,
      double weight,
      double[] g,
      Outers outers) {
    int latent = s.latent();
    double[] scored = w.scored;
    System.arraycopy(w.mask, 0, scored, 0, scored.length);
    System.arraycopy(inputMask, 0, w.mask, 0, inputMask.length);
    EncoderPass.forward(kernels, s, p, w);
    System.arraycopy(scored, 0, w.mask, 0, scored.length);
    double loss = 0;
    kernels.exp(w.logVar, 0, latent, w.variance, 0);
    for (int l = 0; l < latent; l++) {
      w.z[l] = w.mean[l] + Math.sqrt(w.variance[l]) * noise[l];
    }
    loss += price.of(w);
    DecoderPass.forward(kernels, s, p, w);
    loss += heads(kernels, s, p, w, weight, g);
    DecoderPass.backward(kernels, s, p, w, g, outers);
    for (int l = 0; l < latent; l++) {
      double dz = w.latentGradient[l];
      w.latentGradient[l] = dz + weight * price.meanGradient(w, l);
      w.logVarGradient[l] =
          0.5 * dz * noise[l] * Math.sqrt(w.variance[l]) + weight * price.logVarGradient(w, l);
    }
    EncoderPass.backward(kernels, s, p, w, g, outers);
    return loss;
  }

  /**
   * The loss of {@code scored} heads at {@code eta}, its gradient in eta (written, times the
   * weight) and in the logs of standard deviations (added to g).
   */
  static double heads(
      Kernels kernels, Shape s, double[] p, Workspace w, double weight, double[] g) {
    double loss = 0;
    for (int i = 0; i < s.inputs(); i++) {
      w.psi[i] = 2 * p[s.logSd() + i];
    }
    kernels.exp(w.psi, 0, s.inputs(), w.psi, 0);
    for (int k = 0; k < w.scored.length; k++) {
      Head head = s.heads().get(k);
      int at = head.at();
      if (w.scored[k] == 0) {
        java.util.Arrays.fill(w.etaGradient, at, at + head.width(), 0);
      } else if (head.likelihood() == Likelihood.GAUSSIAN) {
        // As Likelihood.GAUSSIAN has it, with ½ log ψ at hand and one division instead of three.
        double r = w.eta[at] - w.target[at];
        double scaled = r / w.psi[at];
        loss += 0.5 * r * scaled + p[s.logSd() + at] + HALF_LOG_2PI;
        w.etaGradient[at] = scaled;
        g[s.logSd() + at] += weight * (1 - r * scaled); // d nll / d log sd
      } else {
        loss += head.nll(w.eta, w.target, w.psi[at]);
        head.likelihood().gradient(w.eta, w.target, at, head.width(), w.psi[at], w.etaGradient);
        g[s.logSd() + at] +=
            weight * head.likelihood().logSdGradient(w.eta, w.target, at, w.psi[at]);
      }
    }
    for (int i = 0; i < s.inputs(); i++) {
      w.etaGradient[i] *= weight;
    }
    return loss;
  }
}
