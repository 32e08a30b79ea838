package io.kelbo.vae;

import io.kelbo.kernel.Kernels;

/**
 * The loss of one record, minus the evidence lower bound, and its gradient.
 *
 * <pre>
 * loss = Σ_k m_k nll_k(eta(z)) + β KL      z = mean + exp(½ logVar) ε
 * KL   = ½ Σ_l (mean² + exp(logVar) - 1 - logVar)
 * d/d mean = dz + β mean      d/d logVar = ½ dz ε exp(½ logVar) + ½ β (exp(logVar) - 1)
 * </pre>
 *
 * The KL is added to the loss (subtracted from the bound): Kingma and Welling 2014, appendix B.
 */
final class Elbo {
  private static final double HALF_LOG_2PI = 0.5 * StrictMath.log(2 * Math.PI);

  private Elbo() {}

  /**
   * @param inputMask (H) what the encoder may see; a subset of the workspace's mask, which says
   *     what is scored (hidden entries are scored too: denoising)
   * @param noise (L) standard normal
   * @param g gradient (parameters), added to, times {@code weight}
   * @return the loss, in nats, not weighted
   */
  static double accumulate(
      Kernels kernels,
      Shape s,
      double[] p,
      Workspace w,
      double[] inputMask,
      double[] noise,
      double beta,
      double weight,
      double[] g) {
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
      loss += beta * 0.5 * (w.mean[l] * w.mean[l] + w.variance[l] - 1 - w.logVar[l]);
    }
    DecoderPass.forward(kernels, s, p, w);
    for (int i = 0; i < s.inputs(); i++) {
      w.psi[i] = 2 * p[s.logSd() + i];
    }
    kernels.exp(w.psi, 0, s.inputs(), w.psi, 0);
    for (int k = 0; k < scored.length; k++) {
      Head head = s.heads().get(k);
      int at = head.at();
      if (scored[k] == 0) {
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
    DecoderPass.backward(kernels, s, p, w, g);
    for (int l = 0; l < latent; l++) {
      double variance = w.variance[l];
      double dz = w.latentGradient[l];
      w.latentGradient[l] = dz + weight * beta * w.mean[l];
      w.logVarGradient[l] =
          0.5 * dz * noise[l] * Math.sqrt(variance) + weight * 0.5 * beta * (variance - 1);
    }
    EncoderPass.backward(kernels, s, p, w, g);
    return loss;
  }
}
