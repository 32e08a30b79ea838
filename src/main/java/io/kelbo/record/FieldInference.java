package io.kelbo.record;

import org.jspecify.annotations.Nullable;

/** What a path that is learned from measures. */
final class FieldInference {
  private static final double MOST_COUNTED = 10; // a record, on average

  private FieldInference() {}

  static Field of(FieldEvidence seen, boolean ordered) {
    if (RisingFields.total(seen, ordered)) {
      return new Field(seen.path, FieldKind.TOTAL).stepping(step(seen));
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
    return seen == null ? declared : declared.stepping(step(seen));
  }

  /** Whole numbers that grow by few at a time are counted: rises and standstills are both usual. */
  private static double step(FieldEvidence seen) {
    return seen.whole() && seen.own().growth() < MOST_COUNTED ? Field.COUNTED : seen.own().median();
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
