package io.kelbo.vae;

/**
 * One output of the network, observed or missing as a whole.
 *
 * @param likelihood how it is scored
 * @param at its first place among the network's inputs and outputs
 * @param width 1, or the number of classes
 */
public record Head(Likelihood likelihood, int at, int width) {
  /** Whether its deviance is {@code r²/2ψ}. */
  boolean quadratic() {
    return likelihood == Likelihood.GAUSSIAN || likelihood == Likelihood.STUDENT_T;
  }

  double nll(double[] eta, double[] target, double psi) {
    return likelihood.nll(eta, target, at, width, psi);
  }

  double logLoss(double[] eta, double[] target, double psi) {
    return likelihood.logLoss(eta, target, at, width, psi);
  }

  /** Deviance in nats at natural parameter {@code eta} (inputs). */
  public double deviance(double[] eta, double[] target, double psi) {
    return likelihood.deviance(eta, target, at, width, psi);
  }
}
