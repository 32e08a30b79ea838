package io.kelbo.topology;

import io.kelbo.model.ModelId;
import io.kelbo.observe.Meters;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The judges of one task, one for each segment that has a champion. A segment without one is judged
 * by the default segment's, which learned from the first records of all.
 */
final class Seats {
  private final ScoringSettings settings;
  private final PublishedModels published;
  private final ModelShelf shelf;
  private final KeyValueStore<String, byte[]> pinned;
  private final Meters meters;
  private final Seat shared;
  private final Map<String, Seat> own = new HashMap<>();

  Seats(
      ScoringSettings settings,
      PublishedModels published,
      ModelShelf shelf,
      KeyValueStore<String, byte[]> pinned,
      Meters meters) {
    this.settings = settings;
    this.published = published;
    this.shelf = shelf;
    this.pinned = pinned;
    this.meters = meters;
    this.shared = seat(ModelId.DEFAULT_SEGMENT);
  }

  /** Who judges the next record of a segment; null only where no readable model is published. */
  Seat.@Nullable Sitting sitting(String segment) {
    if (segment.equals(ModelId.DEFAULT_SEGMENT) || published.championBytes(segment) == null) {
      return shared.sitting();
    }
    Seat.Sitting sitting = own.computeIfAbsent(segment, this::seat).sitting();
    return sitting == null ? shared.sitting() : sitting;
  }

  /** Who judges where nothing is known of a segment. */
  Seat.@Nullable Sitting sitting() {
    return shared.sitting();
  }

  private Seat seat(String segment) {
    return new Seat(segment, settings, published, shelf, pinned, meters);
  }
}
