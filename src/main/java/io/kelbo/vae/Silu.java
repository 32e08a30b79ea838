package io.kelbo.vae;

/** {@code silu(a) = a σ(a)}; {@code silu'(a) = σ(a) (1 + a (1 - σ(a)))}. */
final class Silu {
  private Silu() {}

  static void forward(double[] pre, double[] act) {
    for (int i = 0; i < pre.length; i++) {
      act[i] = pre[i] * Likelihood.sigmoid(pre[i]);
    }
  }

  /** Multiplies {@code gradient} by the slope at {@code pre}, in place. */
  static void backward(double[] pre, double[] gradient) {
    for (int i = 0; i < pre.length; i++) {
      double s = Likelihood.sigmoid(pre[i]);
      gradient[i] *= s * (1 + pre[i] * (1 - s));
    }
  }
}
