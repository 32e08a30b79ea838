package io.kelbo.context;

import io.kelbo.record.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Levels that a person accepted as the new usual: what is taken off an entity's numbers before a
 * model that learned the old levels looks at them. Raw units, of totals what they grow by.
 * Immutable.
 *
 * @param model the mark of the model that learned the old levels; 0 where nothing is shifted
 * @param since the first of the entity's records on the new levels, counted from 0: those before it
 *     are as they were
 * @param offsets (fields) what is taken off; empty where nothing is
 */
@SuppressWarnings("ArrayRecordComponent") // copied at birth, never changed
public record Shift(int model, long since, double[] offsets) {
  public static final Shift NONE = new Shift(0, 0, new double[0]);

  public Shift {
    offsets = offsets.clone();
  }

  public boolean given() {
    return offsets.length > 0;
  }

  /** How many of the {@code seen} records of an entity, its newest, are on the new levels. */
  int newest(long seen) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, seen - since));
  }

  /** What is taken off a field of the records that come. */
  public double of(int field) {
    return offsets.length == 0 ? 0 : offsets[field];
  }

  /** The observation on the old levels; the same one where nothing is shifted. */
  public Observation applied(Observation observation) {
    if (!given()) {
      return observation;
    }
    int count = offsets.length;
    double[] numbers = new double[count];
    @Nullable String[] texts = new @Nullable String[count];
    for (int j = 0; j < count; j++) {
      numbers[j] = observation.number(j) - offsets[j];
      texts[j] = observation.text(j);
    }
    return new Observation(observation.fields(), numbers, texts);
  }
}
