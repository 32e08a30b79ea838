package io.kelbo.record;

import org.jspecify.annotations.Nullable;

/**
 * Tells running totals from sequence numbers and clocks among the fields that rise with every
 * record. A counter by its name ({@code errors_total}) need not rise with every record, only hardly
 * ever fall.
 */
final class RisingFields {
  private static final double RISING = 0.98; // of whole numbers: a counter may begin anew
  private static final int ENOUGH = 50; // numbers with fractions, all of which must rise

  private RisingFields() {}

  /** Whether it is a field by what it grows by. */
  static boolean total(FieldEvidence seen, boolean ordered) {
    return ordered && growing(seen) && reason(seen) == null;
  }

  /** Why it is left out; null where it is not for its rising. */
  static @Nullable String against(FieldEvidence seen, boolean ordered) {
    if (!growing(seen)) {
      return null;
    }
    return ordered
        ? reason(seen)
        : "it rises with every record: a sequence number, a clock or a running total";
  }

  private static boolean growing(FieldEvidence seen) {
    Steps own = seen.stepsWithinGroups();
    if (seen.namedLikeTotal() && own.falling() <= 1 - RISING && own.rising() > 0) {
      return true;
    }
    double share = seen.whole() ? RISING : 1;
    return (seen.whole() || seen.present() >= ENOUGH)
        && (own.rising() >= share || seen.steps().rising() >= share);
  }

  private static @Nullable String reason(FieldEvidence seen) {
    if (seen.namedLikeTotal()) {
      return null;
    }
    if (seen.whole() && (seen.namedLikeIdentifier() || seen.namedLikeTime())) {
      return "it rises with every record: a sequence number or a clock, by its name; declare it as a total to follow what it grows by";
    }
    if (seen.grouped() && seen.stepsBetweenGroups().rising() >= RISING) {
      return "it rises with every record, whatever that is about: a sequence number or a clock";
    }
    if (seen.stepsWithinGroups().even()) {
      return "it rises by the same with every record: a sequence number or a clock";
    }
    return null;
  }
}
