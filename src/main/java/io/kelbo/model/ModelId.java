package io.kelbo.model;

/** A published model: the versions of a segment count up from 1. */
public record ModelId(String segment, int version) {
  /** The segment where the input is not divided. */
  public static final String DEFAULT_SEGMENT = "default";

  public ModelId {
    if (version < 1) {
      throw new IllegalArgumentException(
          "model version is %d but versions count from 1".formatted(version));
    }
  }

  /**
   * What an entity's state knows a model by: never 0, and another one for another segment, whose
   * versions count from 1 too.
   */
  public int mark() {
    return segment.equals(DEFAULT_SEGMENT)
        ? version
        : (31 * segment.hashCode() + version) | Integer.MIN_VALUE;
  }
}
