package io.kelbo.record;

/**
 * A declared or inferred input.
 *
 * @param name dotted path into the record, such as {@code motor.current}
 * @param kind what it measures; of a target a quantity or a category
 * @param role whether it is learned from, or told from the others
 * @param step of a total: by how much it grows, in the middle, in its unit, above 0; or {@link
 *     #COUNTED}; 1 of others
 */
public record Field(String name, FieldKind kind, FieldRole role, double step) {
  /** The step of a total that grows by few things at a time, which are counted as they are. */
  public static final double COUNTED = 0;

  public Field {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a field's name is empty; it must be a dotted path");
    }
    if (role == FieldRole.TARGET && !tellable(kind)) {
      throw new IllegalArgumentException(
          "field '%s' is a target of kind '%s' but must be a quantity or a category"
              .formatted(name, kind.word()));
    }
    if (!(step >= 0) || Double.isInfinite(step) || (kind != FieldKind.TOTAL && step != 1)) {
      throw new IllegalArgumentException(
          "field '%s' has a step of %s but it must be 0 or more, and 1 where it is no total"
              .formatted(name, step));
    }
  }

  /** One whose step is not known, or that has none. */
  public Field(String name, FieldKind kind, FieldRole role) {
    this(name, kind, role, 1);
  }

  /** One that is learned from. */
  public Field(String name, FieldKind kind) {
    this(name, kind, FieldRole.INPUT);
  }

  /** Whether a field of this kind may be a target. */
  public static boolean tellable(FieldKind kind) {
    return kind == FieldKind.QUANTITY || kind == FieldKind.CATEGORY;
  }

  /** Whether it is told from the others, and never makes a record strange. */
  public boolean target() {
    return role == FieldRole.TARGET;
  }

  /** Whether it is followed by what it grows by. */
  public boolean total() {
    return kind == FieldKind.TOTAL;
  }

  /** Whether it is followed by how many things came to it. */
  public boolean counted() {
    return total() && step == COUNTED;
  }

  /** The same with another step. */
  public Field stepping(double other) {
    return new Field(name, kind, role, other);
  }

  /** Whether its values are held as numbers (a flag is 0 or 1); otherwise as text. */
  public boolean numeric() {
    return kind != FieldKind.CATEGORY;
  }
}
