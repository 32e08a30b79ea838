package io.kelbo.record;

import org.jspecify.annotations.Nullable;

/** What a path that is learned from measures. */
final class FieldInference {
  private FieldInference() {}

  static Field of(FieldEvidence seen, boolean ordered) {
    if (seen.numeric() && !seen.flag() && RisingFields.total(seen, ordered)) {
      return new Field(seen.path, FieldKind.TOTAL).stepping(seen.stepsWithinGroups().median());
    }
    return new Field(seen.path, kind(seen));
  }

  /**
   * A declared field; of a total with the step that the rows show.
   *
   * @param seen null where no row has it
   * @throws IllegalArgumentException if it is a total of rows without order
   */
  static Field stepping(Field declared, @Nullable FieldEvidence seen, boolean ordered) {
    if (!declared.total()) {
      return declared;
    }
    if (!ordered) {
      throw new IllegalArgumentException(
          "field '%s' is a total, but without order nothing grows: leave it out, or keep the order"
              .formatted(declared.name()));
    }
    return seen == null ? declared : declared.stepping(seen.stepsWithinGroups().median());
  }

  /**
   * Whole numbers from 0 up are counts only where a Poisson would fit: small (mean below 100) and
   * about as spread as their mean (variance 0.3 to 5 times the mean). Readings rounded to whole
   * numbers, such as 220 V, stay quantities: a Poisson would take their small spread for nothing.
   */
  private static FieldKind kind(FieldEvidence seen) {
    if (seen.flag()) {
      return FieldKind.FLAG;
    }
    if (!seen.numeric()) {
      return FieldKind.CATEGORY;
    }
    double ratio = seen.variance() / seen.mean();
    boolean count =
        seen.whole()
            && seen.min() >= 0
            && seen.distinct() > 2
            && seen.mean() < 100
            && ratio >= 0.3
            && ratio <= 5;
    return count ? FieldKind.COUNT : FieldKind.QUANTITY;
  }
}
