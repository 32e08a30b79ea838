package io.kelbo.context;

/**
 * What an entity's stream has changed since a snapshot: numbers that only the views of that model
 * can read. Another model begins with a fresh one. Mutable, one thread's, for the time of one
 * record.
 *
 * @param model the mark of the model it belongs to; 0 where there is none
 * @param numbers their meaning is the model's
 */
@SuppressWarnings("ArrayRecordComponent") // read, moved on and written back within one record
public record Adaptation(int model, float[] numbers) {
  static final Adaptation NONE = new Adaptation(0, new float[0]);
}
