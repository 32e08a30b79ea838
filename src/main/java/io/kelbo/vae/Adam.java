package io.kelbo.vae;

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
    double norm = 0;
    for (double g : gradient) {
      norm += g * g;
    }
    double scale = Math.min(1, LONGEST_GRADIENT / (Math.sqrt(norm) + 1e-9));
    power1 *= BETA1;
    power2 *= BETA2;
    for (int i = 0; i < parameters.length; i++) {
      double g = gradient[i] * scale;
      first[i] = BETA1 * first[i] + (1 - BETA1) * g;
      second[i] = BETA2 * second[i] + (1 - BETA2) * g * g;
      parameters[i] -=
          rate * (first[i] / (1 - power1)) / (Math.sqrt(second[i] / (1 - power2)) + EPSILON);
    }
  }
}
