package io.kelbo.model;

import java.util.List;
import java.util.Map;

/**
 * What a model stands on, beyond its window and counts: enough to train it again, and to tell when
 * the stream has left it.
 *
 * @param settings what training depended on, by key
 * @param extents first and last offset learned from, of each partition
 * @param blocks how many blocks of time the footings are of; 0 where there were too few records
 * @param footings one for each field, in the model's order; empty where there are no blocks
 */
public record Ground(
    Map<String, String> settings, List<Extent> extents, int blocks, List<Footing> footings) {
  /** Of a model from before these were kept. */
  public static final Ground UNKNOWN = new Ground(Map.of(), List.of(), 0, List.of());

  public Ground {
    settings = Map.copyOf(settings);
    extents = List.copyOf(extents);
    footings = List.copyOf(footings);
    if (blocks < 0 || (blocks == 0) != footings.isEmpty()) {
      throw new IllegalArgumentException(
          "%d footings cannot come of %d blocks".formatted(footings.size(), blocks));
    }
  }

  /** Offsets of one partition, both learned from; those between were, or may have been left out. */
  public record Extent(String topic, int partition, long first, long last) {}
}
