package io.kelbo.vae;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;

/**
 * A network's weights once more, laid so that one record takes four products instead of six: the
 * linear path's beside the branch's into the code, above it out of it. Each output still adds its
 * inputs in the same order, so the bits are those of {@link EncoderPass} and {@link DecoderPass},
 * which training uses: there the weights change with each batch.
 */
final class Fused {
  private final Kernels kernels;
  private final Shape shape;
  private final double[] parameters;
  private final double[] in; // (D + H, L + h): Ws, of which the mask knows nothing, beside U1
  private final double[] inBias; // (L + h): bm beside c1
  private final double[] out; // (L + h, D): Wd above V3

  Fused(Kernels kernels, Shape shape, double[] parameters) {
    this.kernels = kernels;
    this.shape = shape;
    this.parameters = parameters;
    int inputs = shape.inputs();
    int latent = shape.latent();
    int hidden = shape.hidden();
    int code = latent + hidden;
    int masked = inputs + shape.heads().size();
    in = new double[masked * code];
    for (int i = 0; i < masked; i++) {
      if (i < inputs) {
        System.arraycopy(parameters, shape.encodeSkip() + i * latent, in, i * code, latent);
      }
      int row = shape.encodeHidden() + i * hidden;
      System.arraycopy(parameters, row, in, i * code + latent, hidden);
    }
    inBias =
        Arrays.copyOfRange(parameters, shape.encodeBias(), shape.encodeBias() + latent + hidden);
    System.arraycopy(parameters, shape.encodeHiddenBias(), inBias, latent, hidden);
    out = Arrays.copyOfRange(parameters, shape.decodeSkip(), shape.decodeSkip() + code * inputs);
    System.arraycopy(parameters, shape.outputHead(), out, latent * inputs, hidden * inputs);
  }

  /** From {@code input} and {@code mask} to {@code z}, the posterior mean. */
  void locate(Workspace w) {
    int latent = shape.latent();
    int hidden = shape.hidden();
    // Where nothing is missing the mask's inputs are all zero, and not even looked at.
    int read = EncoderPass.mask(shape, w) ? w.masked.length : shape.inputs();
    System.arraycopy(inBias, 0, w.code, 0, inBias.length);
    kernels.multiplyAdd(w.masked, 0, read, in, 0, inBias.length, w.code, 0);
    System.arraycopy(w.code, 0, w.z, 0, latent);
    if (hidden > 0) {
      kernels.silu(w.code, latent, hidden, w.encodeAct, 0);
      w.encodeTower.forward(kernels, parameters, shape.encodeTower(), w.encodeAct, 0);
      kernels.multiplyAdd(w.encodeAct, 0, hidden, parameters, shape.meanHead(), latent, w.z, 0);
    }
  }

  /** From {@code z} to {@code eta}. */
  void decode(Workspace w) {
    int inputs = shape.inputs();
    int latent = shape.latent();
    int hidden = shape.hidden();
    System.arraycopy(w.z, 0, w.code, 0, latent);
    if (hidden > 0) {
      System.arraycopy(parameters, shape.decodeHiddenBias(), w.decodePre, 0, hidden);
      kernels.multiplyAdd(w.z, 0, latent, parameters, shape.decodeHidden(), hidden, w.decodePre, 0);
      kernels.silu(w.decodePre, 0, hidden, w.code, latent);
      w.decodeTower.forward(kernels, parameters, shape.decodeTower(), w.code, latent);
    }
    System.arraycopy(parameters, shape.decodeBias(), w.eta, 0, inputs);
    kernels.multiplyAdd(w.code, 0, latent + hidden, out, 0, inputs, w.eta, 0);
  }
}
