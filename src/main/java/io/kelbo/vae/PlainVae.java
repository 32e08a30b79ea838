package io.kelbo.vae;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;
import java.util.Random;

/**
 * The variational autoencoder as it is usually written (Kingma and Welling 2014, section 5): two
 * layers each way, ReLU between them, random weights at the start, the same bound, batches and
 * Adam. For holding ours against; nothing else uses it. It has the shape of ours and leaves the
 * linear path's weights at zero.
 */
public final class PlainVae implements Coder {
  private final Kernels kernels = Kernels.best();
  private final Shape shape;
  private final double[] p;

  private PlainVae(Shape shape, double[] p) {
    this.shape = shape;
    this.p = p;
  }

  /**
   * @param start says the heads, the latents, the dispersions that stay, and where outputs begin
   * @param weights (rows)
   * @param hidden units of each of the two hidden layers
   * @throws ArithmeticException if the loss stops being finite
   */
  public static PlainVae train(
      Network start, Rows rows, double[] weights, int hidden, int epochs, long seed) {
    Shape s = new Shape(start.shape().heads(), start.shape().latent(), hidden);
    Random random = new Random(seed);
    PlainVae vae = new PlainVae(s, begun(start, s, random));
    Workspace w = new Workspace(s);
    LatentPrice price = new LatentPrice(Penalty.BOUND, s.latent());
    double[] gradient = new double[vae.p.length];
    boolean[] free = new boolean[s.inputs()];
    Descent.run(
        vae.p,
        gradient,
        rows.size(),
        epochs,
        random,
        (order, from, to, epoch) -> {
          Arrays.fill(gradient, 0);
          double loss = 0;
          for (int i = from; i < to; i++) {
            rows.load(order[i], w);
            loss += vae.accumulate(w, price, random, weights[order[i]] / (to - from), gradient);
          }
          return loss;
        },
        () -> VaeTraining.hold(s, start, free, vae.p),
        epoch -> true);
    return vae;
  }

  private static double[] begun(Network start, Shape s, Random random) {
    double[] p = new double[s.parameters()];
    double[] linear = start.parameters();
    System.arraycopy(linear, s.decodeBias(), p, s.decodeBias(), 2 * s.inputs());
    for (Head head : s.heads()) {
      if (head.likelihood().quantity()) {
        p[s.logSd() + head.at()] = 0; // standardised values have variance 1
      }
    }
    int seen = s.inputs() + s.heads().size();
    fill(p, s.encodeHidden(), seen * s.hidden(), Math.sqrt(2.0 / seen), random); // He et al. 2015
    fill(p, s.meanHead(), s.hidden() * s.latent(), Math.sqrt(1.0 / s.hidden()), random);
    fill(p, s.logVarHead(), s.hidden() * s.latent(), 0.01, random);
    fill(p, s.decodeHidden(), s.latent() * s.hidden(), Math.sqrt(2.0 / s.latent()), random);
    fill(p, s.outputHead(), s.hidden() * s.inputs(), Math.sqrt(1.0 / s.hidden()), random);
    return p;
  }

  private static void fill(double[] p, int at, int n, double sd, Random random) {
    for (int i = at; i < at + n; i++) {
      p[i] = sd * random.nextGaussian();
    }
  }

  @Override
  public void encode(Workspace w) {
    EncoderPass.mask(shape, w);
    layer(w.masked, w.masked.length, shape.encodeHidden(), shape.encodeHiddenBias(), w.encodePre);
    rectified(w.encodePre, w.encodeAct);
    layer(w.encodeAct, shape.hidden(), shape.meanHead(), shape.encodeBias(), w.mean);
    layer(w.encodeAct, shape.hidden(), shape.logVarHead(), shape.logVarBias(), w.logVar);
    EncoderPass.clip(w);
    System.arraycopy(w.mean, 0, w.z, 0, shape.latent());
  }

  @Override
  public void decode(Workspace w) {
    layer(w.z, shape.latent(), shape.decodeHidden(), shape.decodeHiddenBias(), w.decodePre);
    rectified(w.decodePre, w.decodeAct);
    layer(w.decodeAct, shape.hidden(), shape.outputHead(), shape.decodeBias(), w.eta);
  }

  @Override
  public double logLoss(Workspace w, int head) {
    Head at = shape.heads().get(head);
    return at.logLoss(w.eta, w.target, StrictMath.exp(2 * p[shape.logSd() + at.at()]));
  }

  @Override
  public Shape shape() {
    return shape;
  }

  /** What it learned, for its gradient check; not a copy. */
  double[] parameters() {
    return p;
  }

  private void layer(double[] x, int inputs, int weights, int bias, double[] y) {
    System.arraycopy(p, bias, y, 0, y.length);
    kernels.multiplyAdd(x, 0, inputs, p, weights, y.length, y, 0);
  }

  private static void rectified(double[] pre, double[] act) {
    for (int h = 0; h < pre.length; h++) {
      act[h] = Math.max(0, pre[h]);
    }
  }

  /** The loss of a record, in nats; adds its gradient, times the weight. */
  double accumulate(Workspace w, LatentPrice price, Random random, double weight, double[] g) {
    encode(w);
    double[] noise = new double[shape.latent()];
    for (int l = 0; l < noise.length; l++) {
      noise[l] = random.nextGaussian();
      w.variance[l] = StrictMath.exp(w.logVar[l]);
      w.z[l] += Math.sqrt(w.variance[l]) * noise[l];
    }
    decode(w);
    System.arraycopy(w.mask, 0, w.scored, 0, w.mask.length);
    double loss = price.of(w) + Elbo.heads(kernels, shape, p, w, weight, g);
    Arrays.fill(w.hiddenGradient, 0);
    back(w.decodeAct, w.etaGradient, shape.outputHead(), shape.decodeBias(), w.hiddenGradient, g);
    open(w.decodePre, w.hiddenGradient);
    Arrays.fill(w.latentGradient, 0);
    back(
        w.z, w.hiddenGradient, shape.decodeHidden(), shape.decodeHiddenBias(), w.latentGradient, g);
    for (int l = 0; l < noise.length; l++) {
      double dz = w.latentGradient[l];
      boolean clipped =
          w.logVar[l] <= EncoderPass.LOG_VAR_LOW || w.logVar[l] >= EncoderPass.LOG_VAR_HIGH;
      w.latentGradient[l] = dz + weight * price.meanGradient(w, l);
      w.logVarGradient[l] =
          clipped
              ? 0
              : 0.5 * dz * noise[l] * Math.sqrt(w.variance[l])
                  + weight * price.logVarGradient(w, l);
    }
    Arrays.fill(w.hiddenGradient, 0);
    back(w.encodeAct, w.latentGradient, shape.meanHead(), shape.encodeBias(), w.hiddenGradient, g);
    back(
        w.encodeAct, w.logVarGradient, shape.logVarHead(), shape.logVarBias(), w.hiddenGradient, g);
    open(w.encodePre, w.hiddenGradient);
    back(w.masked, w.hiddenGradient, shape.encodeHidden(), shape.encodeHiddenBias(), null, g);
    return loss;
  }

  /** Through a layer: adds what its weights and biases are asked for, and its inputs {@code x}. */
  private void back(
      double[] x,
      double[] y,
      int weights,
      int bias,
      double @org.jspecify.annotations.Nullable [] gradient,
      double[] g) {
    kernels.addOuter(x, 0, x.length, y, 0, y.length, g, weights);
    for (int o = 0; o < y.length; o++) {
      g[bias + o] += y[o];
    }
    if (gradient != null) {
      kernels.multiplyAddTransposed(y, 0, y.length, p, weights, x.length, gradient, 0);
    }
  }

  private static void open(double[] pre, double[] gradient) {
    for (int h = 0; h < pre.length; h++) {
      gradient[h] = pre[h] > 0 ? gradient[h] : 0;
    }
  }
}
