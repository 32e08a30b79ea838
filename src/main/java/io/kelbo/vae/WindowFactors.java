package io.kelbo.vae;

import io.kelbo.kernel.SymmetricEigen;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Factor analysis of windows over time as a network without hidden units: as many latents as hold a
 * share of the variance, up to a bound.
 */
public final class WindowFactors {
  private static final double PSI_FLOOR = 0.01; // of standardised values
  private static final int ITERATIONS = 15;

  private WindowFactors() {}

  /** The heads of a window: a Gaussian for each number. */
  public static List<Head> heads(int features) {
    return IntStream.range(0, features).mapToObj(i -> new Head(Likelihood.GAUSSIAN, i, 1)).toList();
  }

  /**
   * @param share of the variance that the latents are to hold, in (0, 1)
   * @param most latents at the most; at least 2 where there are two numbers
   */
  public static Network fit(SecondMoments sums, double share, int most) {
    Moments moments = new Moments(sums);
    double[] mean = moments.mean();
    double[] eigenvalues = SymmetricEigen.of(moments.completeCovariance(mean), moments.d).values();
    double total = 0;
    for (double value : eigenvalues) {
      total += Math.max(value, 0);
    }
    double held = 0;
    int latent = 0;
    while (latent < moments.d && held < share * Math.max(total, 1e-12)) {
      held += Math.max(eigenvalues[latent++], 0);
    }
    latent = Math.min(Math.min(most, moments.d), Math.max(2, latent));
    FactorAnalysis fa =
        FactorAnalysis.fit(moments, latent, PSI_FLOOR, new boolean[moments.d], ITERATIONS);
    Shape shape = new Shape(heads(moments.d), fa.latent, 0);
    double[] parameters = new double[shape.parameters()];
    int[] places = IntStream.range(0, moments.d).toArray();
    LinearStart.place(shape, places, fa, parameters);
    return new Network(shape, parameters);
  }
}
