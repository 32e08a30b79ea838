package io.kelbo.vae;

import io.kelbo.kernel.Kernels;

/** Adam (Kingma and Ba 2015) with the gradient's norm clipped. State of one training. */
final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final double LONGEST_GRADIENT = 10;

  private final double[] first;
  private final double[] second;
  private double power1 = 1;
  private double power2 = 1;

  Adam(int parameters) {
    first = new double[parameters];
    second = new double[parameters];
  }

  /** Moves the parameters against the gradient. */
  void step(double[] parameters, double[] gradient, double rate) {
    double[] m = first;
    double[] v = second;
    double[] square = {0};
    Kernels.best().multiplyAddTransposed(gradient, 0, gradient.length, gradient, 0, 1, square, 0);
    double scale = Math.min(1, LONGEST_GRADIENT / (Math.sqrt(square[0]) + 1e-9));
    power1 *= BETA1;
    power2 *= BETA2;
    double step = rate / (1 - power1);
    double widen = 1 / Math.sqrt(1 - power2);
    // One loop each, so that the compiler puts it into registers; one division and root a number.
    for (int i = 0; i < m.length; i++) {
      m[i] = BETA1 * m[i] + (1 - BETA1) * scale * gradient[i];
    }
    for (int i = 0; i < v.length; i++) {
      double g = gradient[i] * scale;
      v[i] = BETA2 * v[i] + (1 - BETA2) * g * g;
    }
    for (int i = 0; i < m.length; i++) {
      parameters[i] -= step * m[i] / (Math.sqrt(v[i]) * widen + EPSILON);
    }
  }
}
