package io.kelbo.model;

import io.kelbo.record.Value;
import org.jspecify.annotations.Nullable;

/**
 * A missing or doubted field's value, filled by decoding.
 *
 * @param value the expected value given the fields that are present
 * @param sd standard deviation in the field's own unit; NaN for flags and categories
 * @param method how it was filled, such as {@code factor_analysis}
 * @param repair what was there instead; null where nothing was
 */
public record Imputation(
    String field, Value value, double sd, String method, @Nullable Repair repair) {
  /** Of a field that was missing. */
  public Imputation(String field, Value value, double sd, String method) {
    this(field, value, sd, method, null);
  }

  /**
   * Why a value was replaced.
   *
   * @param was the value that came
   * @param p probability of a value at least as far out given the other fields, in 0..1
   */
  public record Repair(Value was, double p) {}
}
