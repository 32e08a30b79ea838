package io.kelbo.record;

import org.jspecify.annotations.Nullable;

/**
 * Tells running totals from sequence numbers and clocks among the fields that rise. A meter need
 * not rise with every record: what hardly ever falls and rises often enough is a total, and so is a
 * counter by its name ({@code errors_total}) before it ever rose.
 */
final class RisingFields {
  private static final double NEARLY_ALL = 0.98;
  private static final int ENOUGH = 50; // numbers with fractions, all of which rise

  private RisingFields() {}

  /** Whether it is named as OpenMetrics names counters, and behaves so. */
  static boolean counter(FieldEvidence seen, boolean ordered) {
    return ordered && seen.numeric() && seen.namedLikeTotal() && seen.own().hardlyFalls();
  }

  /** Whether it is a field by what it grows by. */
  static boolean total(FieldEvidence seen, boolean ordered) {
    return counter(seen, ordered)
        || (ordered && seen.numeric() && !seen.flag() && rises(seen) && reason(seen) == null);
  }

  /** Why it is left out; null where it is not for its rising. */
  static @Nullable String against(FieldEvidence seen, boolean ordered) {
    if (!ordered) {
      return withEveryRecord(seen)
          ? "it rises with every record: a sequence number, a clock or a running total"
          : null;
    }
    return rises(seen) && !counter(seen, true) ? reason(seen) : null;
  }

  private static boolean rises(FieldEvidence seen) {
    return withEveryRecord(seen) || seen.own().rise();
  }

  private static boolean withEveryRecord(FieldEvidence seen) {
    double share = seen.whole() ? NEARLY_ALL : 1;
    return (seen.whole() || seen.present() >= ENOUGH)
        && (seen.own().rising() >= share || seen.steps().rising() >= share);
  }

  private static @Nullable String reason(FieldEvidence seen) {
    if (seen.whole() && (seen.namedLikeIdentifier() || seen.namedLikeTime())) {
      return "it rises: a sequence number or a clock, by its name; declare it as a total to follow what it grows by";
    }
    if (seen.grouped() && seen.stepsBetweenGroups().rising() >= NEARLY_ALL) {
      return "it rises with every record, whatever that is about: a sequence number or a clock";
    }
    if (seen.own().even()) {
      return "it rises by the same with every record: a sequence number or a clock";
    }
    return null;
  }
}
