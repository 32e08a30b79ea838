package io.kelbo.record;

/**
 * A declared or inferred input.
 *
 * @param name dotted path into the record, such as {@code motor.current}
 * @param kind what it measures
 */
public record Field(String name, FieldKind kind) {
  public Field {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a field's name is empty; it must be a dotted path");
    }
  }

  /** Whether its values are held as numbers (a flag is 0 or 1); otherwise as text. */
  public boolean numeric() {
    return kind != FieldKind.CATEGORY;
  }
}
