package io.kelbo.topology;

import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.observe.Meters;
import io.kelbo.record.Fields;
import io.kelbo.record.RecordReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The judge's seat of one task and segment: who sits there changes between records only, when
 * another champion is published and can be read. The version in use is pinned in a store, so that a
 * restart with an unreadable champion goes on with the model from before.
 */
final class Seat {
  private static final byte FORMAT = 1;

  private final String segment;
  private final ScoringSettings settings;
  private final PublishedModels published;
  private final ModelShelf shelf;
  private final KeyValueStore<String, byte[]> pinned;
  private final Meters meters;

  private byte @Nullable [] championSeen;
  private @Nullable Sitting sitting;

  /** A judge, and the reader of the fields that it knows. */
  record Sitting(Judge judge, Model model, RecordReader reader) {
    Fields fields() {
      return model.layout().fields();
    }
  }

  Seat(
      String segment,
      ScoringSettings settings,
      PublishedModels published,
      ModelShelf shelf,
      KeyValueStore<String, byte[]> pinned,
      Meters meters) {
    this.segment = segment;
    this.settings = settings;
    this.published = published;
    this.shelf = shelf;
    this.pinned = pinned;
    this.meters = meters;
  }

  /** Who judges the next record; null only where no readable model is published. */
  @Nullable Sitting sitting() {
    byte[] champion = published.championBytes(segment);
    if (sitting == null || !Arrays.equals(champion, championSeen)) {
      Model model = model(published.champion(segment));
      if (model == null && sitting == null) {
        model = model(pinnedId());
      }
      if (model != null) {
        seat(model);
      }
      championSeen = champion;
    }
    return sitting;
  }

  private void seat(Model model) {
    if (sitting != null && sitting.model().id().equals(model.id())) {
      return;
    }
    sitting =
        new Sitting(
            new Judge(model, settings.late(), true, settings.repair()),
            model,
            new RecordReader(model.layout(), settings.maxBytes()));
    pinned.put(
        segment,
        ByteBuffer.allocate(1 + Integer.BYTES).put(FORMAT).putInt(model.id().version()).array());
    meters.model(segment, model.id().version(), model.provenance().trainedAt().getEpochSecond());
    ModelFigures.show(meters, segment, model.provenance().figures());
  }

  private @Nullable Model model(@Nullable ModelId id) {
    return id == null ? null : shelf.model(id, published.snapshotBytes(id));
  }

  private @Nullable ModelId pinnedId() {
    byte[] bytes = pinned.get(segment);
    return bytes == null || bytes.length != 1 + Integer.BYTES || bytes[0] != FORMAT
        ? null
        : new ModelId(segment, ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt());
  }
}
