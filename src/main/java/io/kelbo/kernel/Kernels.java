package io.kelbo.kernel;

/**
 * Matrix-vector products on slices of one array. Weights are input-major, {@code (inputs,
 * outputs)}, and each output adds its inputs in order, one fma each, so that every implementation
 * gives the same bits.
 */
public sealed interface Kernels permits ScalarKernels {
  /** The best form this machine has. */
  static Kernels best() {
    return ScalarKernels.INSTANCE;
  }

  /**
   * {@code y_o += Σ_i x_i w_io}.
   *
   * @param x (inputs) from {@code xAt}
   * @param w (inputs, outputs) from {@code wAt}
   * @param y (outputs) from {@code yAt}
   */
  void multiplyAdd(
      double[] x, int xAt, int inputs, double[] w, int wAt, int outputs, double[] y, int yAt);

  /**
   * {@code x_i += Σ_o y_o w_io}: the transposed product, for gradients.
   *
   * @param y (outputs) from {@code yAt}
   * @param w (inputs, outputs) from {@code wAt}
   * @param x (inputs) from {@code xAt}
   */
  void multiplyAddTransposed(
      double[] y, int yAt, int outputs, double[] w, int wAt, int inputs, double[] x, int xAt);

  /**
   * {@code g_io += x_i y_o}: the weights' gradient.
   *
   * @param g (inputs, outputs) from {@code gAt}
   */
  void addOuter(
      double[] x, int xAt, int inputs, double[] y, int yAt, int outputs, double[] g, int gAt);
}
