package io.kelbo.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person knows and the model cannot: when and where not to alarm, and what is never normal.
 * Null holds for all; NaN is not given.
 *
 * @param field dotted path; null for {@link Kind#MAINTENANCE} only
 * @param from record time from which it holds
 * @param to record time until which it holds, exclusive
 * @param minimum smaller distances from the expected value do not alarm, in the field's unit
 * @param minimumRelative likewise, as a share of the expected value's size
 * @param reason shown by each verdict that it changes
 * @param at when it was made, wall clock
 * @param by who made it
 */
public record Rule(
    String id,
    Kind kind,
    @Nullable String segment,
    @Nullable String entity,
    @Nullable String field,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Direction direction,
    double minimum,
    double minimumRelative,
    double low,
    double high,
    String reason,
    Instant at,
    @Nullable String by) {

  /** What it says. Closed: part of the topic's contract. */
  public enum Kind {
    /** Nothing alarms. */
    MAINTENANCE,
    /** Only a value on one side of the expected one alarms. */
    DIRECTION,
    /** Small distances from the expected value do not alarm. */
    MINIMUM_DEVIATION,
    /** A value outside is an anomaly, whatever the model says. */
    RANGE;

    /** The word on the topic. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The side on which a value alarms. */
  public enum Direction {
    ABOVE,
    BELOW;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException with a sentence for each problem
   */
  public Rule {
    List<String> problems = new ArrayList<>();
    if (id.isBlank()) {
      problems.add("'id' is '%s' but must be a name such as 'pump-3-service'".formatted(id));
    }
    if (reason.isBlank()) {
      problems.add("'reason' is empty but each verdict that the rule changes shows it: say why");
    }
    if ((field == null) != (kind == Kind.MAINTENANCE)) {
      problems.add(
          kind == Kind.MAINTENANCE
              ? "'field' is '%s' but a maintenance rule holds for all fields: leave it out"
                  .formatted(field)
              : "'field' is missing: a rule of kind '%s' is about one, by its dotted path"
                  .formatted(kind.word()));
    }
    if (from != null && to != null && !from.isBefore(to)) {
      problems.add("'to' is '%s' but must be later than 'from', '%s'".formatted(to, from));
    }
    if ((direction == null) == (kind == Kind.DIRECTION)) {
      problems.add("'direction' must be 'above' or 'below' in a direction rule, and only there");
    }
    boolean deviates = !Double.isNaN(minimum) || !Double.isNaN(minimumRelative);
    if (deviates != (kind == Kind.MINIMUM_DEVIATION) || minimum <= 0 || minimumRelative <= 0) {
      problems.add(
          "'minimum' or 'minimum_relative' must be above 0 in a minimum_deviation rule, and only"
              + " there");
    }
    boolean ranges = !Double.isNaN(low) || !Double.isNaN(high);
    if (ranges != (kind == Kind.RANGE)) {
      problems.add("'low', 'high' or both must be given in a range rule, and only there");
    }
    if (low > high) {
      problems.add("'low' is '%s' but must not be above 'high', '%s'".formatted(low, high));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** Whether it holds for a record. */
  boolean holds(String ofSegment, String ofEntity, Instant time) {
    return (segment == null || segment.equals(ofSegment))
        && (entity == null || entity.equals(ofEntity))
        && (from == null || !time.isBefore(from))
        && (to == null || time.isBefore(to));
  }

  /** Whether what was found of its field is no reason to alarm. */
  boolean excuses(double value, double expected) {
    return switch (kind) {
      case MAINTENANCE -> true;
      case DIRECTION -> direction == Direction.ABOVE ? value <= expected : value >= expected;
      case MINIMUM_DEVIATION -> {
        double distance = Math.abs(value - expected);
        yield distance < minimum || distance < minimumRelative * Math.abs(expected);
      }
      case RANGE -> false;
    };
  }

  /** How verdicts name it. */
  String cited() {
    return "rule '%s': %s".formatted(id, reason);
  }
}
