package io.kelbo.latent;

import io.kelbo.vae.Network;
import io.kelbo.vae.Rows;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where rows lie in the two latents that carry most.
 *
 * @param x (rows) means of the first, in prior standard deviations
 * @param y (rows) of the second; 0 where there is one latent only
 * @param noise mean posterior standard deviation of the two
 */
public record Cloud(List<Double> x, List<Double> y, double noise) {
  public Cloud {
    x = List.copyOf(x);
    y = List.copyOf(y);
  }

  static Cloud of(Network network, Rows rows) {
    List<Latent> latents = Latent.of(network, rows);
    List<Integer> order =
        IntStream.range(0, latents.size())
            .boxed()
            .sorted(Comparator.comparingDouble(l -> -latents.get(l).kl()))
            .toList();
    int first = order.get(0);
    int second = order.size() > 1 ? order.get(1) : -1;
    List<double[]> means = Exploration.means(network, rows);
    double noise =
        order.stream().limit(2).mapToDouble(l -> latents.get(l).noise()).average().orElseThrow();
    return new Cloud(
        means.stream().map(m -> m[first]).toList(),
        means.stream().map(m -> second < 0 ? 0.0 : m[second]).toList(),
        noise);
  }
}
