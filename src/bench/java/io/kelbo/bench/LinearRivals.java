package io.kelbo.bench;

import java.util.Arrays;

/**
 * Ridge and logistic regression on standardised columns with holes at the mean, penalties as
 * scikit-learn's defaults (alpha = 1, C = 1): the simple rivals of predictions.
 */
final class LinearRivals {
  private static final int ROUNDS = 500;
  private static final double RATE = 0.1;

  private LinearRivals() {}

  /** {@code w = (X'X + I)^-1 X'y}, an intercept beside; returns predictions of {@code asked}. */
  static double[] ridge(double[][] x, double[] y, double[][] asked) {
    double[][] scale = scale(x);
    double mean = Arrays.stream(y).average().orElseThrow();
    int d = x[0].length;
    double[][] a = new double[d][d + 1];
    for (int r = 0; r < x.length; r++) {
      double[] row = standardised(x[r], scale);
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          a[i][j] += row[i] * row[j];
        }
        a[i][d] += row[i] * (y[r] - mean);
      }
    }
    for (int i = 0; i < d; i++) {
      a[i][i] += 1;
    }
    double[] w = solved(a);
    return Arrays.stream(asked)
        .mapToDouble(row -> mean + dot(w, standardised(row, scale)))
        .toArray();
  }

  /** The chance of class 1 of {@code asked}, by gradient descent with momentum. */
  static double[] logistic(double[][] x, int[] y, double[][] asked) {
    double[][] scale = scale(x);
    int d = x[0].length;
    double[][] rows =
        Arrays.stream(x).map(row -> standardised(row, scale)).toArray(double[][]::new);
    double[] w = new double[d + 1];
    double[] speed = new double[d + 1];
    for (int round = 0; round < ROUNDS; round++) {
      double[] g = new double[d + 1];
      for (int i = 0; i < d; i++) {
        g[i] = w[i];
      }
      for (int r = 0; r < rows.length; r++) {
        double off = sigmoid(w[d] + dot(w, rows[r])) - y[r];
        for (int i = 0; i < d; i++) {
          g[i] += off * rows[r][i];
        }
        g[d] += off;
      }
      for (int i = 0; i <= d; i++) {
        speed[i] = 0.95 * speed[i] - RATE * g[i] / rows.length;
        w[i] += speed[i];
      }
    }
    return Arrays.stream(asked)
        .mapToDouble(row -> sigmoid(w[d] + dot(w, standardised(row, scale))))
        .toArray();
  }

  /** The chances of classes of {@code asked}, alike. */
  static double[][] softmax(double[][] x, int[] y, int classes, double[][] asked) {
    double[][] scale = scale(x);
    int d = x[0].length;
    double[][] rows =
        Arrays.stream(x).map(row -> standardised(row, scale)).toArray(double[][]::new);
    double[][] w = new double[classes][d + 1];
    double[][] speed = new double[classes][d + 1];
    for (int round = 0; round < ROUNDS; round++) {
      double[][] g = new double[classes][d + 1];
      for (int c = 0; c < classes; c++) {
        System.arraycopy(w[c], 0, g[c], 0, d);
      }
      for (int r = 0; r < rows.length; r++) {
        double[] p = chances(w, rows[r]);
        p[y[r]] -= 1;
        for (int c = 0; c < classes; c++) {
          for (int i = 0; i < d; i++) {
            g[c][i] += p[c] * rows[r][i];
          }
          g[c][d] += p[c];
        }
      }
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i <= d; i++) {
          speed[c][i] = 0.95 * speed[c][i] - RATE * g[c][i] / rows.length;
          w[c][i] += speed[c][i];
        }
      }
    }
    return Arrays.stream(asked)
        .map(row -> chances(w, standardised(row, scale)))
        .toArray(double[][]::new);
  }

  private static double[] chances(double[][] w, double[] row) {
    double[] p = new double[w.length];
    double top = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < p.length; c++) {
      p[c] = w[c][row.length] + dot(w[c], row);
      top = Math.max(top, p[c]);
    }
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp(p[c] - top);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  private static double dot(double[] w, double[] row) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += w[i] * row[i];
    }
    return sum;
  }

  /** (2)(d) means and deviations. */
  private static double[][] scale(double[][] x) {
    int d = x[0].length;
    double[][] scale = new double[2][d];
    for (int j = 0; j < d; j++) {
      int place = j;
      double mean = Arrays.stream(x).mapToDouble(row -> row[place]).average().orElseThrow();
      double square =
          Arrays.stream(x).mapToDouble(row -> (row[place] - mean) * (row[place] - mean)).sum();
      scale[0][j] = mean;
      scale[1][j] = Math.max(1e-9, Math.sqrt(square / x.length));
    }
    return scale;
  }

  private static double[] standardised(double[] row, double[][] scale) {
    double[] out = new double[row.length];
    for (int j = 0; j < out.length; j++) {
      out[j] = (row[j] - scale[0][j]) / scale[1][j];
    }
    return out;
  }

  /** Gauss with pivots; (d, d + 1), the right side last. */
  private static double[] solved(double[][] a) {
    int d = a.length;
    for (int i = 0; i < d; i++) {
      int pivot = i;
      for (int r = i + 1; r < d; r++) {
        pivot = Math.abs(a[r][i]) > Math.abs(a[pivot][i]) ? r : pivot;
      }
      double[] held = a[i];
      a[i] = a[pivot];
      a[pivot] = held;
      for (int r = 0; r < d; r++) {
        double factor = r == i ? 0 : a[r][i] / a[i][i];
        for (int c = i; factor != 0 && c <= d; c++) {
          a[r][c] -= factor * a[i][c];
        }
      }
    }
    double[] w = new double[d];
    for (int i = 0; i < d; i++) {
      w[i] = a[i][d] / a[i][i];
    }
    return w;
  }
}
