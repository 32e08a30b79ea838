package io.kelbo.vae;

import io.kelbo.kernel.Kernels;

/**
 * {@code eta = z Wd + b V3 + b3}, {@code b = silu(z U2 + c2)}; and back; and its Jacobian in z. A
 * {@link Tower} may stand on {@code b}.
 */
final class DecoderPass {
  private DecoderPass() {}

  /** From {@code z} to {@code eta}. */
  static void forward(Kernels kernels, Shape s, double[] p, Workspace w) {
    int inputs = s.inputs();
    int latent = s.latent();
    int hidden = s.hidden();
    System.arraycopy(p, s.decodeBias(), w.eta, 0, inputs);
    kernels.multiplyAdd(w.z, 0, latent, p, s.decodeSkip(), inputs, w.eta, 0);
    if (hidden > 0) {
      System.arraycopy(p, s.decodeHiddenBias(), w.decodePre, 0, hidden);
      kernels.multiplyAdd(w.z, 0, latent, p, s.decodeHidden(), hidden, w.decodePre, 0);
      Silu.forward(w.decodePre, w.decodeAct);
      w.decodeTower.forward(kernels, p, s.decodeTower(), w.decodeAct, 0);
      kernels.multiplyAdd(w.decodeAct, 0, hidden, p, s.outputHead(), inputs, w.eta, 0);
    }
  }

  /**
   * From {@code etaGradient} to the biases in {@code g} (added), {@code latentGradient} (written)
   * and the weights' part, which is put off.
   */
  static void backward(
      Kernels kernels, Shape s, double[] p, Workspace w, double[] g, Outers outers) {
    int inputs = s.inputs();
    int latent = s.latent();
    int hidden = s.hidden();
    for (int i = 0; i < inputs; i++) {
      g[s.decodeBias() + i] += w.etaGradient[i];
    }
    java.util.Arrays.fill(w.latentGradient, 0);
    kernels.multiplyAddTransposed(
        w.etaGradient, 0, inputs, p, s.decodeSkip(), latent, w.latentGradient, 0);
    if (hidden > 0) {
      java.util.Arrays.fill(w.hiddenGradient, 0);
      kernels.multiplyAddTransposed(
          w.etaGradient, 0, inputs, p, s.outputHead(), hidden, w.hiddenGradient, 0);
      w.decodeTower.backward(kernels, p, s.decodeTower(), w.hiddenGradient, g);
      Silu.backward(w.decodePre, w.slope, w.hiddenGradient);
      for (int h = 0; h < hidden; h++) {
        g[s.decodeHiddenBias() + h] += w.hiddenGradient[h];
      }
      kernels.multiplyAddTransposed(
          w.hiddenGradient, 0, hidden, p, s.decodeHidden(), latent, w.latentGradient, 0);
    }
    outers.decoded(w);
  }

  /** {@code jacobian_li = d eta_i / d z_l} at the {@code z} last decoded. */
  static void jacobian(Kernels kernels, Shape s, double[] p, Workspace w) {
    int inputs = s.inputs();
    int latent = s.latent();
    int hidden = s.hidden();
    System.arraycopy(p, s.decodeSkip(), w.jacobian, 0, latent * inputs);
    if (hidden > 0) {
      kernels.siluSlope(w.decodePre, 0, hidden, w.slope, 0);
      w.decodeTower.linearise(kernels);
      for (int l = 0; l < latent; l++) {
        System.arraycopy(p, s.decodeHidden() + l * hidden, w.hiddenGradient, 0, hidden);
        Silu.times(w.slope, w.hiddenGradient);
        w.decodeTower.push(kernels, p, s.decodeTower(), w.hiddenGradient);
        kernels.multiplyAdd(
            w.hiddenGradient, 0, hidden, p, s.outputHead(), inputs, w.jacobian, l * inputs);
      }
    }
  }
}
