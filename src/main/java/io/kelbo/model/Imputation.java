package io.kelbo.model;

import io.kelbo.record.Value;

/**
 * A missing field's value, filled by decoding.
 *
 * @param value the expected value given the fields that are present
 * @param sd standard deviation in the field's own unit; NaN for flags and categories
 * @param method how it was filled, such as {@code factor_analysis}
 */
public record Imputation(String field, Value value, double sd, String method) {}
