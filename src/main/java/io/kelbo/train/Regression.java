package io.kelbo.train;

import io.kelbo.kernel.Cholesky;
import io.kelbo.kernel.Exponential;
import java.util.Arrays;

/**
 * Linear and softmax regression on standardised columns, penalised. Same rows, same bits.
 *
 * <pre>
 * number   w = argmin mean (w_0 + x'w - y)² / 2 + λ |w|² / 2                   solved
 * classes  W = argmin mean -log softmax_c(w_0c + x'w_c) + λ |W|² / 2           by steps
 * </pre>
 *
 * <p>A step of the second divides the gradient by a bound of the curvature, {@code ½ X'X / n + λ}
 * (Böhning 1992), with momentum that starts anew where the loss would rise.
 */
final class Regression {
  private static final int MOST_STEPS = 80;
  private static final double STILL = 1e-6; // nats a row
  private static final double JITTER = 1e-9;

  private final double[][] x; // (rows) (1 + columns), the first 1
  private final double[] y; // number, or the class's place
  private final int classes; // 0 for a number
  private final int width;
  private final double[] mean; // (1 + columns)
  private final double[] sd;

  /**
   * @param terms (rows, columns)
   * @param y (rows) numbers, or places of classes
   * @param classes 0 for a number
   */
  Regression(double[][] terms, double[] y, int classes) {
    this.y = y;
    this.classes = classes;
    this.width = 1 + terms[0].length;
    this.mean = new double[width];
    this.sd = new double[width];
    for (int f = 1; f < width; f++) {
      for (double[] row : terms) {
        mean[f] += row[f - 1] / terms.length;
      }
      double squares = 0;
      for (double[] row : terms) {
        squares += (row[f - 1] - mean[f]) * (row[f - 1] - mean[f]) / terms.length;
      }
      sd[f] = squares > 1e-12 ? Math.sqrt(squares) : 1;
    }
    this.x = new double[terms.length][width];
    for (int r = 0; r < x.length; r++) {
      x[r][0] = 1;
      for (int f = 1; f < width; f++) {
        x[r][f] = (terms[r][f - 1] - mean[f]) / sd[f];
      }
    }
  }

  private int outputs() {
    return Math.max(1, classes);
  }

  /** What some rows teach, kept for several penalties. */
  final class Lesson {
    private final int[] rows;
    private final double[] moments; // (width, width) X'X / n
    private double[] weights = new double[width * outputs()];

    Lesson(int[] rows) {
      this.rows = rows;
      this.moments = new double[width * width];
      for (int r : rows) {
        double[] row = x[r];
        for (int a = 0; a < width; a++) {
          double share = row[a] / rows.length;
          for (int b = 0; b <= a; b++) {
            moments[a * width + b] += share * row[b];
          }
        }
      }
    }

    /** (1 + columns, outputs) of the standardised columns; begins where the last penalty ended. */
    double[] weights(double penalty) {
      Interrupted.check();
      double[] factor = moments.clone();
      double part = classes == 0 ? 1 : 0.5;
      for (int a = 0; a < width; a++) {
        for (int b = 0; b <= a; b++) {
          factor[a * width + b] *= part;
        }
        factor[a * width + a] += (a == 0 ? 0 : penalty) + JITTER;
      }
      if (!Cholesky.factor(factor, width)) {
        throw new ArithmeticException("a target's regression is not positive definite");
      }
      if (classes == 0) {
        double[] right = new double[width];
        for (int r : rows) {
          for (int f = 0; f < width; f++) {
            right[f] += x[r][f] * y[r] / rows.length;
          }
        }
        Cholesky.solve(factor, width, right, 0);
        weights = right;
      } else {
        descend(factor, penalty);
      }
      return weights.clone();
    }

    private void descend(double[] factor, double penalty) {
      int k = classes;
      double[] at = weights.clone();
      double[] before = weights.clone();
      double[] gradient = new double[width * k];
      double[] column = new double[width];
      double momentum = 1;
      double last = Double.POSITIVE_INFINITY;
      for (int step = 0; step < MOST_STEPS; step++) {
        double loss = gradient(at, penalty, gradient);
        if (loss > last) {
          momentum = 1; // too far: on from where it was, without speed
          System.arraycopy(before, 0, at, 0, at.length);
          last = Double.POSITIVE_INFINITY;
          continue;
        }
        if (last - loss < STILL && momentum > 1) {
          break;
        }
        last = loss;
        double next = 0.5 * (1 + Math.sqrt(1 + 4 * momentum * momentum));
        double speed = (momentum - 1) / next;
        momentum = next;
        for (int c = 0; c < k; c++) {
          for (int f = 0; f < width; f++) {
            column[f] = gradient[f * k + c];
          }
          Cholesky.solve(factor, width, column, 0);
          for (int f = 0; f < width; f++) {
            int i = f * k + c;
            double reached = at[i] - column[f];
            at[i] = reached + speed * (reached - before[i]);
            before[i] = reached;
          }
        }
      }
      weights = before;
    }

    private double gradient(double[] w, double penalty, double[] gradient) {
      int k = classes;
      double loss = 0;
      for (int i = 0; i < w.length; i++) {
        gradient[i] = i < k ? 0 : penalty * w[i];
        loss += i < k ? 0 : 0.5 * penalty * w[i] * w[i];
      }
      double[] p = new double[k];
      for (int r : rows) {
        logits(w, r, p);
        Exponential.softmax(p);
        int truth = (int) y[r];
        loss -= StrictMath.log(Math.max(p[truth], 1e-300)) / rows.length;
        p[truth] -= 1;
        for (int f = 0; f < width; f++) {
          double value = x[r][f] / rows.length;
          for (int c = 0; c < k; c++) {
            gradient[f * k + c] = Math.fma(value, p[c], gradient[f * k + c]);
          }
        }
      }
      return loss;
    }
  }

  /** Writes what weights of standardised columns say of a row, before any softmax. */
  void logits(double[] weights, int row, double[] out) {
    int k = outputs();
    Arrays.fill(out, 0);
    for (int f = 0; f < width; f++) {
      double value = x[row][f];
      for (int c = 0; c < k; c++) {
        out[c] = Math.fma(weights[f * k + c], value, out[c]);
      }
    }
  }

  /** Weights of the columns as they were given, the constants first. */
  double[] plain(double[] weights) {
    int k = outputs();
    double[] plain = weights.clone();
    for (int f = 1; f < width; f++) {
      for (int c = 0; c < k; c++) {
        plain[f * k + c] = weights[f * k + c] / sd[f];
        plain[c] -= plain[f * k + c] * mean[f];
      }
    }
    return plain;
  }
}
