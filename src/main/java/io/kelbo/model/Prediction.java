package io.kelbo.model;

import io.kelbo.record.Value;
import java.util.List;

/**
 * A target that a record lacks, told from its other fields.
 *
 * @param value the expected number, or the likeliest class
 * @param sd standard deviation in the field's own unit; NaN for classes
 * @param low lower end of the 90 % interval; NaN for classes
 * @param high upper end; NaN for classes
 * @param chances of each class, the likeliest first; they sum to 1; empty for a number
 */
public record Prediction(
    String field, Value value, double sd, double low, double high, List<Chance> chances) {
  public Prediction {
    chances = List.copyOf(chances);
  }

  /** How likely a class is, in 0..1. */
  public record Chance(String category, double chance) {}
}
