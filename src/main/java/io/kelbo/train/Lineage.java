package io.kelbo.train;

import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the challenger stands among models.
 *
 * @param id the id it will have if it wins
 * @param now wall-clock time of training
 * @param champion what scores now and must be beaten; null for the first model
 * @param warmUp for the first model: how far each partition was read
 */
public record Lineage(
    ModelId id, Instant now, @Nullable Model champion, List<Provenance.Offset> warmUp) {
  public Lineage {
    warmUp = List.copyOf(warmUp);
  }
}
