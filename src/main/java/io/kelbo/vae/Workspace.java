package io.kelbo.vae;

import java.util.Arrays;

/** One thread's scratch for one shape: allocated once, never shared, nothing in it is learned. */
public final class Workspace {
  /** Encoded inputs (D); zero where missing. */
  public final double[] input;

  /**
   * Targets (D): the standardised number, 0 or 1, the count, or the class at a head's first place.
   */
  public final double[] target;

  /** (H): 1 where the head is observed, else 0. */
  public final double[] mask;

  /** Posterior mean (L), or its refinement. */
  public final double[] z;

  /** Posterior log variance (L), as encoded. */
  public final double[] logVar;

  /** Natural parameters (D) decoded from {@link #z}. */
  public final double[] eta;

  /** After {@link Network#deviances}: what each head (H) adds to the reconstruction error, nats. */
  public final double[] deviance;

  /** After {@link Network#refine}: Cholesky factor (L, L) of the posterior precision. */
  public final double[] precision;

  private final double[] ones; // (H)
  final double[] masked; // u (D + H)
  final double[] code; // (L + h)
  final double[] encodePre; // (h)
  final double[] encodeAct; // (h)
  final double[] decodePre; // (h)
  final double[] decodeAct; // (h)
  final Tower encodeTower;
  final Tower decodeTower;
  final double[] mean; // (L)
  final double[] variance; // (L)
  final double[] psi; // (D)
  final double[] scored; // (H)
  final double[] weighted; // (D)
  final double[] etaGradient; // (D)
  final double[] information; // (D)
  final double[] jacobian; // (L, D)
  final double[] step; // (L)
  final double[] column; // (L)
  final double[] hiddenGradient; // (h)
  final double[] slope; // (h)
  final double[] latentGradient; // (L)
  final double[] logVarGradient; // (L)

  public Workspace(Shape shape) {
    int inputs = shape.inputs();
    int heads = shape.heads().size();
    int latent = shape.latent();
    int hidden = shape.hidden();
    input = new double[inputs];
    target = new double[inputs];
    mask = new double[heads];
    z = new double[latent];
    logVar = new double[latent];
    eta = new double[inputs];
    deviance = new double[heads];
    ones = new double[heads];
    Arrays.fill(ones, 1);
    precision = new double[latent * latent];
    masked = new double[inputs + heads];
    code = new double[latent + hidden];
    encodePre = new double[hidden];
    encodeAct = new double[hidden];
    decodePre = new double[hidden];
    decodeAct = new double[hidden];
    encodeTower = new Tower(shape);
    decodeTower = new Tower(shape);
    mean = new double[latent];
    variance = new double[latent];
    psi = new double[inputs];
    scored = new double[heads];
    weighted = new double[inputs];
    etaGradient = new double[inputs];
    information = new double[inputs];
    jacobian = new double[latent * inputs];
    step = new double[latent];
    column = new double[latent];
    hiddenGradient = new double[hidden];
    slope = new double[hidden];
    latentGradient = new double[latent];
    logVarGradient = new double[latent];
  }

  /** Whether every head is in the mask. */
  boolean complete() {
    return Arrays.equals(mask, ones); // an intrinsic, many at a time
  }

  /** How many heads are in the mask. */
  public int observed() {
    if (complete()) {
      return mask.length;
    }
    int observed = 0;
    for (double m : mask) {
      observed += m != 0 ? 1 : 0;
    }
    return observed;
  }
}
