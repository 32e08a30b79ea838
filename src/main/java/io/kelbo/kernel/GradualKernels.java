package io.kelbo.kernel;

/**
 * The plain form first, the vector form once enough has been computed: until C2 has compiled it,
 * vector code is slower by far, and what ends early should not wait for that. The bits are the
 * same.
 */
final class GradualKernels implements Kernels {
  /**
   * Multiply-adds, under half a second of the plain form. On 700 rows the vector form from the
   * start took 2.9 s of CPU, the plain one 2.3 (Java 17, busy machine, 2026-11-24).
   */
  private static final long PLAIN_FIRST = 300_000_000;

  private static final int FUNCTION = 20; // multiply-adds that an exp or a log is worth

  private final Kernels vector;
  // Not exact where threads share it, which only moves the moment of the change.
  private long plainLeft = PLAIN_FIRST;

  GradualKernels(Kernels vector) {
    this.vector = vector;
  }

  private Kernels form(int work) {
    if (plainLeft <= 0) {
      return vector;
    }
    plainLeft -= work;
    return ScalarKernels.INSTANCE;
  }

  @Override
  public void multiplyAdd(
      double[] x, int xAt, int inputs, double[] w, int wAt, int outputs, double[] y, int yAt) {
    form(inputs * outputs).multiplyAdd(x, xAt, inputs, w, wAt, outputs, y, yAt);
  }

  @Override
  public void multiplyAddTransposed(
      double[] y, int yAt, int outputs, double[] w, int wAt, int inputs, double[] x, int xAt) {
    form(inputs * outputs).multiplyAddTransposed(y, yAt, outputs, w, wAt, inputs, x, xAt);
  }

  @Override
  public void addOuter(
      double[] x, int xAt, int inputs, double[] y, int yAt, int outputs, double[] g, int gAt) {
    form(inputs * outputs).addOuter(x, xAt, inputs, y, yAt, outputs, g, gAt);
  }

  @Override
  public void squaredDistances(
      float[] x, int xAt, int n, float[] r, int rAt, int count, float[] y, int yAt) {
    form(n * count).squaredDistances(x, xAt, n, r, rAt, count, y, yAt);
  }

  @Override
  public void exp(double[] x, int xAt, int n, double[] y, int yAt) {
    form(FUNCTION * n).exp(x, xAt, n, y, yAt);
  }

  @Override
  public void log(double[] x, int xAt, int n, double[] y, int yAt) {
    form(FUNCTION * n).log(x, xAt, n, y, yAt);
  }

  @Override
  public void silu(double[] x, int xAt, int n, double[] y, int yAt) {
    form(FUNCTION * n).silu(x, xAt, n, y, yAt);
  }

  @Override
  public void siluSlope(double[] x, int xAt, int n, double[] y, int yAt) {
    form(FUNCTION * n).siluSlope(x, xAt, n, y, yAt);
  }
}
