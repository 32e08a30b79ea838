package io.kelbo.vae;

import io.kelbo.kernel.Kernels;

/** {@code silu(a) = a σ(a)}; {@code silu'(a) = σ(a) (1 + a (1 - σ(a)))}; over whole layers. */
final class Silu {
  private Silu() {}

  static void forward(double[] pre, double[] act) {
    Kernels.best().silu(pre, 0, pre.length, act, 0);
  }

  /**
   * Multiplies {@code gradient} by the slope at {@code pre}.
   *
   * @param slope (as pre) overwritten by it
   */
  static void backward(double[] pre, double[] slope, double[] gradient) {
    Kernels.best().siluSlope(pre, 0, pre.length, slope, 0);
    times(slope, gradient);
  }

  /** Multiplies {@code gradient} by a slope that is known already. */
  static void times(double[] slope, double[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= slope[i];
    }
  }
}
