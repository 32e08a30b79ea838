package io.kelbo.latent;

import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.kernel.Exponential;
import io.kelbo.vae.Likelihood;
import java.util.Random;

/** Draws a field's value from its own likelihood at a decoded natural parameter. */
final class Sampler {
  private static final double LARGE_RATE = 50; // from here a rounded normal is near enough

  private final Random random;

  Sampler(Random random) {
    this.random = random;
  }

  /** A quantity in its own unit. */
  double quantity(Channel channel, double eta, double psi) {
    double v = eta + Math.sqrt(psi) * random.nextGaussian();
    double size = Math.abs(v);
    double limit = Encoder.SQUASH;
    double plain = size <= limit ? v : Math.signum(v) * (limit + StrictMath.expm1(size - limit));
    double raw = channel.raw(plain);
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, raw));
  }

  /** A count of mean {@code rate} and variance {@code rate psi}: a Poisson of a gamma's rate. */
  double count(double eta, double psi) {
    double rate = Likelihood.rate(eta);
    if (psi > 1 + 1e-9) {
      double shape = rate / (psi - 1);
      rate = gamma(shape) * (psi - 1);
    }
    if (rate > LARGE_RATE) {
      return Math.max(0, Math.rint(rate + Math.sqrt(rate) * random.nextGaussian()));
    }
    double limit = StrictMath.exp(-rate);
    int count = 0;
    for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  /** Marsaglia and Tsang 2000; scale 1. */
  private double gamma(double shape) {
    if (shape < 1) {
      double u = 1 - random.nextDouble();
      return gamma(shape + 1) * StrictMath.pow(u, 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        double u = 1 - random.nextDouble();
        if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
          return d * v;
        }
      }
    }
  }

  boolean flag(double eta) {
    return random.nextDouble() < Exponential.sigmoid(eta);
  }

  /** A known category; the place of the unknown ones is left out. */
  String category(Channel channel, double[] eta) {
    double top = Double.NEGATIVE_INFINITY;
    for (int k = 1; k < channel.width(); k++) {
      top = Math.max(top, eta[channel.at() + k]);
    }
    double[] chance = new double[channel.width()];
    double sum = 0;
    for (int k = 1; k < chance.length; k++) {
      chance[k] = Exponential.exp(eta[channel.at() + k] - top);
      sum += chance[k];
    }
    double left = random.nextDouble() * sum;
    int chosen = 1;
    while (chosen + 1 < chance.length && left >= chance[chosen]) {
      left -= chance[chosen++];
    }
    return channel.categories().get(chosen - 1);
  }
}
