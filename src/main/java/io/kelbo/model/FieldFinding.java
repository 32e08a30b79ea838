package io.kelbo.model;

import io.kelbo.record.Value;
import org.jspecify.annotations.Nullable;

/**
 * What one field had to do with a verdict.
 *
 * @param value what was seen; null where missing
 * @param expected what was expected given the other fields
 * @param low lower end of the 99 % interval of {@code expected}; NaN for flags and categories
 * @param high upper end; NaN for flags and categories
 * @param contribution its share of the surprisal, in nats; shares add up to the surprisal
 * @param culprit whether it belongs to the smallest set found whose replacement makes the record
 *     usual: what is left without the set, one normal record in twenty exceeds
 */
public record FieldFinding(
    String name,
    @Nullable Value value,
    Value expected,
    double low,
    double high,
    double contribution,
    boolean culprit) {
  public boolean missing() {
    return value == null;
  }
}
