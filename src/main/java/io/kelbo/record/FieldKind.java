package io.kelbo.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a field measures; it decides the likelihood that the field is scored with. */
public enum FieldKind {
  /** A real number: Gaussian. */
  QUANTITY,
  /** A number of things, 0, 1, 2, …: Poisson. */
  COUNT,
  /** True or false: Bernoulli. */
  FLAG,
  /** One of a few names: categorical. */
  CATEGORY,
  /** A number that only grows, such as a meter: Gaussian or Poisson by its {@link Total growth}. */
  TOTAL;

  /** The word used in configuration, schemas and output. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the word.
   *
   * @throws IllegalArgumentException naming the word and the five that are allowed
   */
  public static FieldKind of(String word) {
    for (FieldKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "field kind is '%s' but must be one of %s"
            .formatted(
                word,
                Arrays.stream(values()).map(FieldKind::word).collect(Collectors.joining(", "))));
  }
}
