package io.kelbo.model;

import java.util.List;

/**
 * Where a record lies in a model's latent space: features for other models, comparable under one
 * model version only.
 *
 * @param mean (latents) of the posterior, in prior standard deviations
 * @param spread (latents) standard deviations of the posterior: 1 where the record says nothing
 */
public record Embedding(List<Double> mean, List<Double> spread) {
  public Embedding {
    mean = List.copyOf(mean);
    spread = List.copyOf(spread);
  }
}
