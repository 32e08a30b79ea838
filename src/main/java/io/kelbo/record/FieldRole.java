package io.kelbo.record;

import java.util.Locale;

/** What a field is for. */
public enum FieldRole {
  /** Says whether a record is strange, and tells the targets. */
  INPUT,
  /** Is told from the inputs where it is absent; never makes a record strange. */
  TARGET;

  /** The word used in configuration and output. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the word.
   *
   * @throws IllegalArgumentException naming the word and the two that are allowed
   */
  public static FieldRole of(String word) {
    for (FieldRole role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "field role is '%s' but must be input or target".formatted(word));
  }
}
