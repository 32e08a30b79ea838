package io.kelbo.record;

/** A field's value as people see it, in the field's own unit. */
public sealed interface Value {
  /** The finite number that is nearest: what is of 1e300 overflows easily. NaN stays NaN. */
  static double finite(double number) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
  }

  /** A quantity or a count; finite. */
  record Number(double number) implements Value {
    public Number {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(
            "a value is %s but must be finite; leave it out instead".formatted(number));
      }
    }

    @Override
    public String toString() {
      return Double.toString(number);
    }
  }

  /** A flag. */
  record Flag(boolean flag) implements Value {
    @Override
    public String toString() {
      return Boolean.toString(flag);
    }
  }

  /** A category. */
  record Text(String text) implements Value {
    @Override
    public String toString() {
      return text;
    }
  }
}
