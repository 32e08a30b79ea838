package io.kelbo.topology;

import io.kelbo.context.EntityState;
import io.kelbo.model.ModelId;
import io.kelbo.sample.Draw;
import io.kelbo.sample.Pace;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Chooses at the edge what the trainer may want: whole runs of 512 records, each 32 as they fill.
 *
 * <p>The trainer keeps the runs with the smallest draws, {@code records} records in all. Of n in
 * the window those are the draws below records/n; four times as many are sent, which loses none of
 * them while n is still being counted, or is counted by several tasks.
 */
final class Sampling {
  private static final double MARGIN = 4;
  private static final String KEY = "pace";

  /** How many records may pass before the count is stored: it steers, it does not audit. */
  private static final int STORE_EVERY = 64;

  private final ScoringSettings.Thinning thinning;
  private final KeyValueStore<String, byte[]> store;
  private final Pace pace;
  private int unstored;

  Sampling(ScoringSettings.Thinning thinning, KeyValueStore<String, byte[]> store) {
    this.thinning = thinning;
    this.store = store;
    this.pace = Pace.read(thinning.window().toMillis(), store.get(KEY));
  }

  /** The newest stream time counted, in ms; -1 before the first. */
  long clock() {
    return pace.clock();
  }

  /**
   * What to send after an entity's state moved forward; null for most records.
   *
   * @param seen how many records the entity has had
   */
  @Nullable Sample sample(String entity, EntityState state, long seen) {
    if (seen % EntityState.CAPACITY != 0) {
      return null;
    }
    long last = seen - 1;
    long block = last / Draw.RUN;
    double draw = Draw.of(thinning.seed(), entity, block);
    if (draw >= MARGIN * thinning.records() / Math.max(1, pace.records())) {
      return null;
    }
    int part = (int) (last % Draw.RUN) / EntityState.CAPACITY;
    return new Sample(
        ModelId.DEFAULT_SEGMENT, block, part, draw, state.recent(EntityState.CAPACITY));
  }

  void count(long clockMillis) {
    pace.count(clockMillis);
    unstored++;
    if (unstored >= STORE_EVERY) {
      unstored = 0;
      store.put(KEY, pace.write());
    }
  }
}
