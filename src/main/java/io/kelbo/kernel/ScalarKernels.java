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
      x[xAt + i] += outputs < 8 ? few(y, yAt, outputs, w, row) : dot(y, yAt, outputs, w, row);
    }
  }

  private static double dot(double[] y, int yAt, int outputs, double[] w, int row) {
    double a0 = 0;
    double a1 = 0;
    double a2 = 0;
    double a3 = 0;
    double a4 = 0;
    double a5 = 0;
    double a6 = 0;
    double a7 = 0;
    int o = 0;
    for (; o <= outputs - 8; o += 8) {
      a0 = Math.fma(y[yAt + o], w[row + o], a0);
      a1 = Math.fma(y[yAt + o + 1], w[row + o + 1], a1);
      a2 = Math.fma(y[yAt + o + 2], w[row + o + 2], a2);
      a3 = Math.fma(y[yAt + o + 3], w[row + o + 3], a3);
      a4 = Math.fma(y[yAt + o + 4], w[row + o + 4], a4);
      a5 = Math.fma(y[yAt + o + 5], w[row + o + 5], a5);
      a6 = Math.fma(y[yAt + o + 6], w[row + o + 6], a6);
      a7 = Math.fma(y[yAt + o + 7], w[row + o + 7], a7);
    }
    int left = outputs - o;
    int last = outputs - 8;
    a1 = left > 6 ? Math.fma(y[yAt + last + 1], w[row + last + 1], a1) : a1;
    a2 = left > 5 ? Math.fma(y[yAt + last + 2], w[row + last + 2], a2) : a2;
    a3 = left > 4 ? Math.fma(y[yAt + last + 3], w[row + last + 3], a3) : a3;
    a4 = left > 3 ? Math.fma(y[yAt + last + 4], w[row + last + 4], a4) : a4;
    a5 = left > 2 ? Math.fma(y[yAt + last + 5], w[row + last + 5], a5) : a5;
    a6 = left > 1 ? Math.fma(y[yAt + last + 6], w[row + last + 6], a6) : a6;
    a7 = left > 0 ? Math.fma(y[yAt + last + 7], w[row + last + 7], a7) : a7;
    return ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7));
  }

  private static double few(double[] y, int yAt, int outputs, double[] w, int row) {
    double sum = 0;
    for (int o = 0; o < outputs; o++) {
      sum = Math.fma(y[yAt + o], w[row + o], sum);
    }
    return sum;
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

  @Override
  public void addOuters(
      double[] x, int xWidth, int inputs, double[] y, int outputs, int rows, double[] g, int gAt) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < inputs; i++) {
        double xi = x[r * xWidth + i]; // not passed over where it is 0: the other form does not
        int row = gAt + i * outputs;
        for (int o = 0; o < outputs; o++) {
          g[row + o] = Math.fma(xi, y[r * outputs + o], g[row + o]);
        }
      }
    }
  }

  @Override
  public void squaredDistances(
      float[] x, int xAt, int n, float[] r, int rAt, int count, float[] y, int yAt) {
    java.util.Arrays.fill(y, yAt, yAt + count, 0);
    for (int i = 0; i < n; i++) {
      float xi = x[xAt + i];
      int row = rAt + i * count;
      for (int m = 0; m < count; m++) {
        float off = xi - r[row + m];
        y[yAt + m] = Math.fma(off, off, y[yAt + m]);
      }
    }
  }

  @Override
  public float nearest(float[] x, int n, float[] r, int from, int to) {
    float least = Float.MAX_VALUE;
    for (int block = from; block < to; block += n * References.BLOCK) {
      for (int m = 0; m < References.BLOCK; m++) {
        float sum = 0;
        for (int i = 0; i < n; i++) {
          float off = x[i] - r[block + i * References.BLOCK + m];
          sum = Math.fma(off, off, sum);
        }
        least = Math.min(least, sum);
      }
    }
    return least;
  }

  @Override
  public boolean standardise(double[] y, double[] mean, double[] over, double limit) {
    boolean within = true;
    for (int i = 0; i < mean.length; i++) {
      y[i] = (y[i] - mean[i]) * over[i];
      within &= Math.abs(y[i]) <= limit;
    }
    return within;
  }

  @Override
  public void fade(float[] y, int yAt, int n, float keep, float[] x, int xAt, float a) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = keep * y[yAt + i] + a * x[xAt + i];
    }
  }

  @Override
  public void widen(float[] x, int xAt, int n, double[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = x[xAt + i];
    }
  }

  @Override
  public void narrow(double[] x, int xAt, int n, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = (float) x[xAt + i];
    }
  }

  @Override
  public void exp(double[] x, int xAt, int n, double[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Exponential.exp(x[xAt + i]);
    }
  }

  @Override
  public void log(double[] x, int xAt, int n, double[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Logarithm.log(x[xAt + i]);
    }
  }

  @Override
  public void silu(double[] x, int xAt, int n, double[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = x[xAt + i] * Exponential.sigmoid(x[xAt + i]);
    }
  }

  @Override
  public void siluSlope(double[] x, int xAt, int n, double[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      double xi = x[xAt + i];
      double s = Exponential.sigmoid(xi);
      y[yAt + i] = s * (1 + xi * (1 - s));
    }
  }
}
