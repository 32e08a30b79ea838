package io.kelbo.latent;

import io.kelbo.kernel.SymmetricEigen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Principal components of the rows' latent means.
 *
 * @param shares of the variance, descending, sum 1
 * @param places (rows)(3) along the first three, in prior standard deviations; 0 beyond the latents
 */
public record Principal(List<Double> shares, List<List<Double>> places) {
  /** Coordinates of a place. */
  public static final int AXES = 3;

  public Principal {
    shares = List.copyOf(shares);
    places = places.stream().map(List::copyOf).toList();
  }

  /**
   * @param means (rows)(latents)
   */
  static Principal of(List<double[]> means) {
    int latents = means.get(0).length;
    double[] middle = new double[latents];
    double[] covariance = new double[latents * latents];
    for (double[] m : means) {
      for (int l = 0; l < latents; l++) {
        middle[l] += m[l] / means.size();
      }
    }
    for (double[] m : means) {
      for (int a = 0; a < latents; a++) {
        for (int b = 0; b < latents; b++) {
          covariance[a * latents + b] += (m[a] - middle[a]) * (m[b] - middle[b]) / means.size();
        }
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(covariance, latents);
    double total = Math.max(Arrays.stream(eigen.values()).sum(), Double.MIN_NORMAL);
    List<List<Double>> places = new ArrayList<>();
    for (double[] m : means) {
      List<Double> place = new ArrayList<>();
      for (int k = 0; k < AXES; k++) {
        double along = 0;
        for (int l = 0; k < latents && l < latents; l++) {
          along += (m[l] - middle[l]) * eigen.vectors()[l * latents + k];
        }
        place.add(along);
      }
      places.add(place);
    }
    return new Principal(
        Arrays.stream(eigen.values()).map(v -> v / total).boxed().toList(), places);
  }
}
