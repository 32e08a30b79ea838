package io.kelbo.topology;

import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.observe.Meters;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoded models, shared by all threads of the process. What cannot be decoded is refused once,
 * with a log line and a count, and stays refused until other bytes are published.
 */
public final class ModelShelf {
  private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);
  private static final int PLACES = Segments.MOST + 4;

  private final Meters meters;
  private final Map<ModelId, Place> places =
      new LinkedHashMap<>(PLACES * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ModelId, Place> eldest) {
          return size() > PLACES;
        }
      };

  private record Place(byte[] bytes, @Nullable Model model) {}

  public ModelShelf(Meters meters) {
    this.meters = meters;
  }

  /**
   * The model of a version, or null where it is not published or cannot be read.
   *
   * @param snapshot the value on {@code models}
   */
  synchronized @Nullable Model model(ModelId id, byte @Nullable [] snapshot) {
    if (snapshot == null) {
      return null;
    }
    Place place = places.get(id);
    // The global store hands out one array for as long as nobody publishes another.
    if (place == null || place.bytes() != snapshot) {
      place = new Place(snapshot, decoded(id, snapshot));
      places.put(id, place);
    }
    return place.model();
  }

  private @Nullable Model decoded(ModelId id, byte[] snapshot) {
    try {
      Model model = ModelSnapshot.read(snapshot).model();
      if (model.id().equals(id)) {
        return model;
      }
      refuse(id, "it says that it is " + ModelSnapshot.key(model.id()));
    } catch (IOException | UnreadableSnapshot unreadable) {
      refuse(id, String.valueOf(unreadable.getMessage()));
    } catch (RuntimeException corrupt) {
      // Corrupt bytes may fail in any way; the champion must outlive all of them.
      refuse(id, corrupt.toString());
    }
    return null;
  }

  private void refuse(ModelId id, String reason) {
    meters.refusedModels.increment();
    LOG.atWarn()
        .addKeyValue("model", ModelSnapshot.key(id))
        .addKeyValue("reason", reason)
        .log("published model cannot be read; the one before stays");
  }
}
