package io.kelbo.vae;

import io.kelbo.kernel.Exponential;

/**
 * How a head's natural parameter {@code eta} meets its target: negative log-likelihood, its
 * gradient, the deviance used in scores (0 at a perfect fit) and the Fisher information. All in
 * nats.
 *
 * <p>{@code psi} is the variance of a Gaussian, the squared scale of a Student's t and the
 * dispersion (≥ 1) of a Poisson; 1 elsewhere.
 */
public enum Likelihood {
  /** {@code r²/2ψ + ½ log 2πψ}, {@code r = eta - x}. */
  GAUSSIAN {
    @Override
    double nll(double[] eta, double[] target, int at, int width, double psi) {
      double r = eta[at] - target[at];
      return 0.5 * r * r / psi + 0.5 * StrictMath.log(2 * Math.PI * psi);
    }

    @Override
    double deviance(double[] eta, double[] target, int at, int width, double psi) {
      double r = eta[at] - target[at];
      return 0.5 * r * r / psi;
    }

    @Override
    void gradient(double[] eta, double[] target, int at, int width, double psi, double[] out) {
      out[at] = (eta[at] - target[at]) / psi;
    }

    @Override
    void information(double[] eta, int at, int width, double psi, double[] out) {
      out[at] = 1 / psi;
    }

    @Override
    double logSdGradient(double[] eta, double[] target, int at, double psi) {
      double r = eta[at] - target[at];
      return 1 - r * r / psi;
    }
  },
  /**
   * {@code ½ (ν+1) log(1 + r²/νψ) + ½ log(πνψ) + log Γ(ν/2) - log Γ((ν+1)/2)}, ν = 4: for training
   * on quantities with outliers, whose pull on a weight is bounded. Scores stay quadratic: the
   * deviance is a Gaussian's.
   */
  STUDENT_T {
    @Override
    double nll(double[] eta, double[] target, int at, int width, double psi) {
      double r = eta[at] - target[at];
      return 0.5 * (NU + 1) * StrictMath.log1p(r * r / (NU * psi))
          + 0.5 * StrictMath.log(Math.PI * NU * psi)
          + LOG_GAMMA_RATIO;
    }

    @Override
    double deviance(double[] eta, double[] target, int at, int width, double psi) {
      return GAUSSIAN.deviance(eta, target, at, width, psi);
    }

    @Override
    void gradient(double[] eta, double[] target, int at, int width, double psi, double[] out) {
      double r = eta[at] - target[at];
      out[at] = (NU + 1) * r / (NU * psi + r * r);
    }

    @Override
    void information(double[] eta, int at, int width, double psi, double[] out) {
      out[at] = (NU + 1) / ((NU + 3) * psi); // the expected one: the observed may be negative
    }

    @Override
    double logSdGradient(double[] eta, double[] target, int at, double psi) {
      double r = eta[at] - target[at];
      return 1 - (NU + 1) * r * r / (NU * psi + r * r);
    }
  },
  /** {@code softplus(eta) - x eta}. */
  BERNOULLI {
    @Override
    double nll(double[] eta, double[] target, int at, int width, double psi) {
      double e = eta[at];
      return Math.max(e, 0) + StrictMath.log1p(Exponential.exp(-Math.abs(e))) - target[at] * e;
    }

    @Override
    void gradient(double[] eta, double[] target, int at, int width, double psi, double[] out) {
      out[at] = Exponential.sigmoid(eta[at]) - target[at];
    }

    @Override
    void information(double[] eta, int at, int width, double psi, double[] out) {
      double p = Exponential.sigmoid(eta[at]);
      out[at] = Math.max(p * (1 - p), 1e-6);
    }
  },
  /** {@code (exp(eta) - x eta + log Γ(x+1)) / ψ}, eta within {@value #LOG_RATE_LIMIT}. */
  POISSON {
    @Override
    double nll(double[] eta, double[] target, int at, int width, double psi) {
      double e = clip(eta[at]);
      return (Exponential.exp(e) - target[at] * e + LogGamma.factorial(target[at])) / psi;
    }

    /** A negative binomial's of the same mean λ and variance λψ: r = λ / (ψ - 1), p = 1/ψ. */
    @Override
    double logLoss(double[] eta, double[] target, int at, int width, double psi) {
      if (psi <= 1) {
        return nll(eta, target, at, width, 1);
      }
      double x = target[at];
      double more = StrictMath.log1p(psi - 1);
      double r = rate(eta[at]) / (psi - 1);
      return LogGamma.factorial(x)
          - LogGamma.rising(r, x)
          + r * more
          - x * (StrictMath.log(psi - 1) - more);
    }

    @Override
    double deviance(double[] eta, double[] target, int at, int width, double psi) {
      double x = target[at];
      double e = clip(eta[at]);
      double rate = rate(e);
      double fit = x > 0 ? x * (StrictMath.log(x) - e) : 0;
      return Math.max(0, fit - (x - rate)) / psi;
    }

    @Override
    void gradient(double[] eta, double[] target, int at, int width, double psi, double[] out) {
      double e = clip(eta[at]);
      out[at] = e == eta[at] ? (Exponential.exp(e) - target[at]) / psi : 0;
    }

    @Override
    void information(double[] eta, int at, int width, double psi, double[] out) {
      out[at] = rate(eta[at]) / psi;
    }
  },
  /** {@code logsumexp(eta) - eta_x}; the target holds the class at the head's first place. */
  CATEGORICAL {
    @Override
    double nll(double[] eta, double[] target, int at, int width, double psi) {
      return logSumExp(eta, at, width) - eta[at + (int) target[at]];
    }

    @Override
    void gradient(double[] eta, double[] target, int at, int width, double psi, double[] out) {
      double total = logSumExp(eta, at, width);
      for (int k = 0; k < width; k++) {
        out[at + k] = Exponential.exp(eta[at + k] - total) - (k == (int) target[at] ? 1 : 0);
      }
    }

    @Override
    void information(double[] eta, int at, int width, double psi, double[] out) {
      // The diagonal of diag(p) - p p'; enough for a Gauss-Newton step.
      double total = logSumExp(eta, at, width);
      for (int k = 0; k < width; k++) {
        double p = Exponential.exp(eta[at + k] - total);
        out[at + k] = Math.max(p * (1 - p), 1e-6);
      }
    }
  };

  private static final double NU = 4; // degrees of freedom of Student's t
  private static final double LOG_GAMMA_RATIO = -StrictMath.log(0.75 * Math.sqrt(Math.PI)); // ν = 4

  // Above the log of the largest count that is encoded, 1e9: no count may be out of reach.
  static final double LOG_RATE_LIMIT = 21;

  /**
   * Negative log-likelihood in nats, as training lowers it. A count's with a dispersion ψ is a
   * quasi-likelihood, without what normalises it: its gradient is right at the fixed ψ that
   * training keeps, but a larger ψ makes any fit look better.
   */
  abstract double nll(double[] eta, double[] target, int at, int width, double psi);

  /**
   * Minus the log of a probability (or density) that sums to 1, in nats: what predictions of
   * different ψ are compared by.
   */
  double logLoss(double[] eta, double[] target, int at, int width, double psi) {
    return nll(eta, target, at, width, psi);
  }

  /** Deviance in nats, never negative, 0 at a perfect fit. */
  double deviance(double[] eta, double[] target, int at, int width, double psi) {
    return nll(eta, target, at, width, psi);
  }

  /** Writes {@code d nll / d eta} to {@code out} at the head's places. */
  abstract void gradient(
      double[] eta, double[] target, int at, int width, double psi, double[] out);

  /** Writes the (diagonal) Fisher information of {@code eta} to {@code out}. */
  abstract void information(double[] eta, int at, int width, double psi, double[] out);

  /** {@code d nll / d ½ log ψ} of quantities; 0 elsewhere, where ψ is not learned by gradients. */
  double logSdGradient(double[] eta, double[] target, int at, double psi) {
    return 0;
  }

  /** Whether it is a quantity's: one learned variance, a standardised target. */
  boolean quantity() {
    return this == GAUSSIAN || this == STUDENT_T;
  }

  static double logSumExp(double[] eta, int at, int width) {
    double top = eta[at];
    for (int k = 1; k < width; k++) {
      top = Math.max(top, eta[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < width; k++) {
      sum += Exponential.exp(eta[at + k] - top);
    }
    return top + StrictMath.log(sum);
  }

  /** The rate of counts that a Poisson's natural parameter stands for. */
  public static double rate(double eta) {
    return Exponential.exp(clip(eta));
  }

  private static double clip(double logRate) {
    return Math.max(-10, Math.min(LOG_RATE_LIMIT, logRate));
  }
}
