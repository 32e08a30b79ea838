package io.kelbo.kernel;

/** The plain form, and the truth that any faster form must equal bit for bit. */
final class ScalarKernels implements Kernels {
  static final ScalarKernels INSTANCE = new ScalarKernels();

  private ScalarKernels() {}

  @Override
  public void multiplyAdd(
      double[] x, int xAt, int inputs, double[] w, int wAt, int outputs, double[] y, int yAt) {
    for (int i = 0; i < inputs; i++) {
      double xi = x[xAt + i];
      if (xi == 0) {
        continue; // adds nothing: missing values and padding are zero
      }
      int row = wAt + i * outputs;
      for (int o = 0; o < outputs; o++) {
        y[yAt + o] = Math.fma(xi, w[row + o], y[yAt + o]);
      }
    }
  }

  @Override
  public void multiplyAddTransposed(
      double[] y, int yAt, int outputs, double[] w, int wAt, int inputs, double[] x, int xAt) {
    for (int i = 0; i < inputs; i++) {
      int row = wAt + i * outputs;
      double sum = 0;
      for (int o = 0; o < outputs; o++) {
        sum = Math.fma(y[yAt + o], w[row + o], sum);
      }
      x[xAt + i] += sum;
    }
  }

  @Override
  public void addOuter(
      double[] x, int xAt, int inputs, double[] y, int yAt, int outputs, double[] g, int gAt) {
    for (int i = 0; i < inputs; i++) {
      double xi = x[xAt + i];
      if (xi == 0) {
        continue;
      }
      int row = gAt + i * outputs;
      for (int o = 0; o < outputs; o++) {
        g[row + o] = Math.fma(xi, y[yAt + o], g[row + o]);
      }
    }
  }
}
