package io.kelbo.topology;

import io.kelbo.context.EntityState;
import io.kelbo.model.ModelId;
import io.kelbo.sample.Draw;
import io.kelbo.sample.Pace;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Chooses at the edge what the trainer may want: whole runs of 512 records, each 32 as they fill.
 *
 * <p>The trainer keeps of each segment the runs with the smallest draws, {@code records} records in
 * all. Of n in the window those are the draws below records/n; four times as many are sent, which
 * loses none of them while n is still being counted, or is counted by several tasks.
 */
final class Sampling {
  private static final double MARGIN = 4;
  private static final String KEY = "pace";

  /** How many records may pass before the count is stored: it steers, it does not audit. */
  private static final int STORE_EVERY = 64;

  private final ScoringSettings.Thinning thinning;
  private final KeyValueStore<String, byte[]> store;
  private final Map<String, Counted> paces = new HashMap<>();

  /** How fast a segment's records come. */
  private static final class Counted {
    final Pace pace;
    int unstored = STORE_EVERY - 1; // the first is stored: the segment is known then

    Counted(Pace pace) {
      this.pace = pace;
    }
  }

  Sampling(ScoringSettings.Thinning thinning, KeyValueStore<String, byte[]> store) {
    this.thinning = thinning;
    this.store = store;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> paces.put(segment(entry.key), counted(entry.value)));
    }
  }

  /** The newest stream time counted, in ms; -1 before the first. */
  long clock() {
    return paces.values().stream().mapToLong(counted -> counted.pace.clock()).max().orElse(-1);
  }

  /** The segments whose records were counted. */
  Set<String> segments() {
    return Set.copyOf(paces.keySet());
  }

  /**
   * What to send after an entity's state moved forward; null for most records.
   *
   * @param segment of the newest record
   * @param seen how many records the entity has had
   */
  @Nullable Sample sample(String segment, String entity, EntityState state, long seen) {
    if (seen % EntityState.CAPACITY != 0) {
      return null;
    }
    long last = seen - 1;
    long block = last / Draw.RUN;
    double draw = Draw.of(thinning.seed(), entity, block);
    Counted counted = paces.get(segment);
    double records = counted == null ? 1 : Math.max(1, counted.pace.records());
    if (draw >= MARGIN * thinning.records() / records) {
      return null;
    }
    int part = (int) (last % Draw.RUN) / EntityState.CAPACITY;
    return new Sample(segment, block, part, draw, state.recent(EntityState.CAPACITY));
  }

  void count(String segment, long clockMillis) {
    Counted counted = paces.computeIfAbsent(segment, name -> counted(null));
    counted.pace.count(clockMillis);
    counted.unstored++;
    if (counted.unstored >= STORE_EVERY) {
      counted.unstored = 0;
      store.put(key(segment), counted.pace.write());
    }
  }

  private Counted counted(byte @Nullable [] bytes) {
    return new Counted(Pace.read(thinning.window().toMillis(), bytes));
  }

  private static String key(String segment) {
    return segment.equals(ModelId.DEFAULT_SEGMENT) ? KEY : KEY + "/" + segment;
  }

  private static String segment(String key) {
    return key.equals(KEY) ? ModelId.DEFAULT_SEGMENT : key.substring(KEY.length() + 1);
  }
}
