package io.kelbo.kernel;

/**
 * The arithmetic of the inner loops on slices of arrays. Weights are input-major, {@code (inputs,
 * outputs)}, and each output adds its inputs in order, one fma each, so that every implementation
 * gives the same bits at any width of the machine's registers.
 */
public sealed interface Kernels permits ScalarKernels, VectorKernels {
  /**
   * The best form this machine has, chosen once; {@value KernelChoice#PROPERTY} forces one.
   *
   * @throws IllegalArgumentException if that property names a form that is not to be had
   */
  static Kernels best() {
    return KernelChoice.made().kernels();
  }

  /** Which form {@link #best()} is and why, with what would change it; a line for the log. */
  static String reason() {
    return KernelChoice.made().reason();
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
   * {@code x_i += Σ_o y_o w_io}: the transposed product, for gradients. Fewer than eight outputs
   * are added in order. Otherwise output o goes to the sum o mod 8; those beyond the last multiple
   * of eight so that the very last goes to sum 7; and the sums are added as {@code ((0+4)+(2+6)) +
   * ((1+5)+(3+7))}.
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

  /**
   * {@code g_io += Σ_r x_ri y_ro}, the rows in order, every sum loaded and stored once. Unlike
   * {@link #addOuter} it also adds what is multiplied by 0: NaN where y is not finite.
   *
   * @param x (rows, xWidth), of which each row's inputs stand first
   * @param y (rows, outputs)
   * @param g (inputs, outputs) from {@code gAt}
   */
  void addOuters(
      double[] x, int xWidth, int inputs, double[] y, int outputs, int rows, double[] g, int gAt);

  /**
   * {@code y_m = Σ_i (x_i - r_im)²}: how far one point lies from many, in single precision.
   *
   * @param x (n) from {@code xAt}
   * @param r (n, count) from {@code rAt}: the references, coordinate by coordinate
   * @param y (count) from {@code yAt}, overwritten
   */
  void squaredDistances(
      float[] x, int xAt, int n, float[] r, int rAt, int count, float[] y, int yAt);

  /**
   * The smallest of the {@code Σ_i (x_i - r_im)²}, as {@link #squaredDistances} computes each;
   * {@link Float#MAX_VALUE} of none.
   *
   * @param x (n)
   * @param r (blocks, n, {@value References#BLOCK}), as {@link References} lays them out
   * @param from where a block begins
   * @param to where one ends
   */
  float nearest(float[] x, int n, float[] r, int from, int to);

  /**
   * {@code y_i = (y_i - mean_i) over_i}, as many as there are means.
   *
   * @return whether all lie within {@code limit} of 0; false where one is NaN
   */
  boolean standardise(double[] y, double[] mean, double[] over, double limit);

  /** {@code y_i = keep y_i + a x_i}, in single precision. */
  void fade(float[] y, int yAt, int n, float keep, float[] x, int xAt, float a);

  /** {@code y_i = x_i}, to double precision. */
  void widen(float[] x, int xAt, int n, double[] y, int yAt);

  /** {@code y_i = x_i}, rounded to single precision. */
  void narrow(double[] x, int xAt, int n, float[] y, int yAt);

  /** {@code y_i = e^{x_i}}, as {@link Exponential#exp}; the slices may be the same. */
  void exp(double[] x, int xAt, int n, double[] y, int yAt);

  /** {@code y_i = log x_i}, as {@link Logarithm#log}; the slices may be the same. */
  void log(double[] x, int xAt, int n, double[] y, int yAt);

  /** {@code y_i = x_i σ(x_i)}; the slices must be apart. */
  void silu(double[] x, int xAt, int n, double[] y, int yAt);

  /** {@code y_i = σ(x_i) (1 + x_i (1 - σ(x_i)))}, the slope of {@link #silu}; slices apart. */
  void siluSlope(double[] x, int xAt, int n, double[] y, int yAt);
}
