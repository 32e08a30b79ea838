package io.kelbo.vae;

import io.kelbo.kernel.Kernels;

/**
 * {@code mean = (x m) Ws + a Vm + bm}, {@code logVar = a Vl + bl}, {@code a = silu(u U1 + c1)},
 * {@code u = [x m, m - 1]}; and back. A {@link Tower} may stand on {@code a}.
 */
final class EncoderPass {
  static final double LOG_VAR_LOW = -10;
  static final double LOG_VAR_HIGH = 4;

  private EncoderPass() {}

  /** From {@code input} and {@code mask} to {@code mean} and {@code logVar}. */
  static void forward(Kernels kernels, Shape s, double[] p, Workspace w) {
    int inputs = s.inputs();
    int latent = s.latent();
    int hidden = s.hidden();
    // Where nothing is missing the mask's inputs are all zero, and not even looked at.
    int read = mask(s, w) ? w.masked.length : inputs;
    System.arraycopy(p, s.encodeBias(), w.mean, 0, latent);
    kernels.multiplyAdd(w.masked, 0, inputs, p, s.encodeSkip(), latent, w.mean, 0);
    if (hidden > 0) {
      System.arraycopy(p, s.encodeHiddenBias(), w.encodePre, 0, hidden);
      kernels.multiplyAdd(w.masked, 0, read, p, s.encodeHidden(), hidden, w.encodePre, 0);
      Silu.forward(w.encodePre, w.encodeAct);
      w.encodeTower.forward(kernels, p, s.encodeTower(), w.encodeAct, 0);
      kernels.multiplyAdd(w.encodeAct, 0, hidden, p, s.meanHead(), latent, w.mean, 0);
    }
    System.arraycopy(p, s.logVarBias(), w.logVar, 0, latent);
    kernels.multiplyAdd(w.encodeAct, 0, hidden, p, s.logVarHead(), latent, w.logVar, 0);
    clip(w);
  }

  /** Keeps {@code logVar} within its bounds. */
  static void clip(Workspace w) {
    for (int l = 0; l < w.logVar.length; l++) {
      w.logVar[l] = Math.max(LOG_VAR_LOW, Math.min(LOG_VAR_HIGH, w.logVar[l]));
    }
  }

  /** Writes {@code masked}; says whether a head is missing. */
  static boolean mask(Shape s, Workspace w) {
    int inputs = s.inputs();
    boolean missing = !w.complete();
    System.arraycopy(w.input, 0, w.masked, 0, inputs);
    for (int k = 0; k < w.mask.length; k++) {
      w.masked[inputs + k] = w.mask[k] - 1;
    }
    for (int k = 0; missing && k < w.mask.length; k++) {
      if (w.mask[k] == 0) {
        Head head = s.heads().get(k);
        java.util.Arrays.fill(w.masked, head.at(), head.at() + head.width(), 0);
      }
    }
    return missing;
  }

  /**
   * Adds to {@code g} what {@code latentGradient} and {@code logVarGradient} ask of the biases, and
   * puts off what they ask of the weights.
   */
  static void backward(
      Kernels kernels, Shape s, double[] p, Workspace w, double[] g, Outers outers) {
    int latent = s.latent();
    int hidden = s.hidden();
    for (int l = 0; l < latent; l++) {
      if (w.logVar[l] <= LOG_VAR_LOW || w.logVar[l] >= LOG_VAR_HIGH) {
        w.logVarGradient[l] = 0; // clipped
      }
      g[s.encodeBias() + l] += w.latentGradient[l];
      g[s.logVarBias() + l] += w.logVarGradient[l];
    }
    if (hidden > 0) {
      java.util.Arrays.fill(w.hiddenGradient, 0);
      kernels.multiplyAddTransposed(
          w.latentGradient, 0, latent, p, s.meanHead(), hidden, w.hiddenGradient, 0);
      kernels.multiplyAddTransposed(
          w.logVarGradient, 0, latent, p, s.logVarHead(), hidden, w.hiddenGradient, 0);
      w.encodeTower.backward(kernels, p, s.encodeTower(), w.hiddenGradient, g);
      Silu.backward(w.encodePre, w.slope, w.hiddenGradient);
      for (int h = 0; h < hidden; h++) {
        g[s.encodeHiddenBias() + h] += w.hiddenGradient[h];
      }
    }
    outers.encoded(w);
  }
}
