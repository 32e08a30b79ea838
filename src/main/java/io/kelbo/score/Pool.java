package io.kelbo.score;

/**
 * What each part of the surprisal is multiplied by: a logarithmic pool of three opinions, {@code
 * -log p = Σ w (-log p_v)}, each tempered so that on held-out rows it is half a nat an observed
 * head, as a χ² says. An overconfident part would drown the others.
 *
 * <p>Weights ¼, ¼, ½: on eight labelled tables all weights from ⅙, ⅙, ⅔ to ⅓, ⅓, ⅓ are within .01
 * mean PR-AUC (2026-11-24); settings chosen on seven are .03 worse on the eighth.
 *
 * @param network of the network's deviances and its latents
 * @param margins of each field's own distribution
 * @param exemplars of the distance to the rows that were seen
 */
public record Pool(double network, double margins, double exemplars) {
  private static final double NETWORK = 0.25;
  private static final double MARGINS = 0.25;
  private static final double EXEMPLARS = 0.5;
  private static final double HEAD = 0.5; // nats, the mean of half a χ² of one

  public Pool {
    for (double factor : new double[] {network, margins, exemplars}) {
      if (!(factor >= 0 && factor < Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "a part of the surprisal is multiplied by %s, but it must be finite and 0 or more"
                .formatted(factor));
      }
    }
  }

  /**
   * From sums over held-out rows.
   *
   * @param network sum of that part, in nats; likewise the others
   * @param observed how many heads were observed in all of the rows
   */
  public static Pool tempered(double network, double margins, double exemplars, double observed) {
    return new Pool(
        factor(NETWORK, network, observed),
        factor(MARGINS, margins, observed),
        factor(EXEMPLARS, exemplars, observed));
  }

  private static double factor(double weight, double sum, double observed) {
    double mean = sum / Math.max(1, observed);
    return mean > 1e-9 ? weight * HEAD / mean : 0; // a part that never differs says nothing
  }
}
