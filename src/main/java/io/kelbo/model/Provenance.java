package io.kelbo.model;

import io.kelbo.record.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from; no model exists without it.
 *
 * @param trainedAt wall-clock time of training
 * @param from time of the oldest record learned from
 * @param to time of the newest record learned from
 * @param records how many records were learned from
 * @param seed the training seed
 * @param method what won: {@code factor_analysis} or {@code vae}
 * @param parent version of the champion at that time; null for the first model
 * @param warmUp for the first model only: records before these offsets were learned from before any
 *     model existed and get {@code warming_up}
 * @param figures validation and training figures by name, such as {@code held_out_nll}
 * @param ground settings, offsets, and how the fields behaved over the window
 */
public record Provenance(
    Instant trainedAt,
    Instant from,
    Instant to,
    long records,
    long seed,
    String method,
    @Nullable Integer parent,
    List<Offset> warmUp,
    Map<String, Double> figures,
    Ground ground) {
  public Provenance {
    warmUp = List.copyOf(warmUp);
    figures = Map.copyOf(figures);
  }

  /** Of a model whose ground was not kept. */
  public Provenance(
      Instant trainedAt,
      Instant from,
      Instant to,
      long records,
      long seed,
      String method,
      @Nullable Integer parent,
      List<Offset> warmUp,
      Map<String, Double> figures) {
    this(trainedAt, from, to, records, seed, method, parent, warmUp, figures, Ground.UNKNOWN);
  }

  /** The same, standing on that ground. */
  Provenance on(Ground other) {
    return new Provenance(
        trainedAt, from, to, records, seed, method, parent, warmUp, figures, other);
  }

  /** Whether a record was learned from before any model existed. */
  public boolean learnedBefore(Source source) {
    for (Offset offset : warmUp) {
      if (offset.partition() == source.partition() && offset.topic().equals(source.topic())) {
        return source.offset() < offset.end();
      }
    }
    return false;
  }

  /** End (exclusive) of what was read of one partition. */
  public record Offset(String topic, int partition, long end) {}
}
