package io.kelbo.model;

import io.kelbo.record.Incoming;
import io.kelbo.record.Observation;
import io.kelbo.record.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules in use. Immutable; shared by all judges. Knows no topic. */
public final class Rulebook {
  public static final Rulebook NONE = new Rulebook(List.of());

  private static final Set<Rule.Kind> OF_FIELDS =
      Set.of(Rule.Kind.DIRECTION, Rule.Kind.MINIMUM_DEVIATION);

  private final List<Rule> all;
  private final List<Rule> windows;
  private final List<Rule> ranges;
  private final List<Rule> excuses;

  /** Of several rules that apply, the first by id is cited. */
  public Rulebook(List<Rule> rules) {
    all = rules.stream().sorted(Comparator.comparing(Rule::id)).toList();
    windows = of(Set.of(Rule.Kind.MAINTENANCE));
    ranges = of(Set.of(Rule.Kind.RANGE));
    excuses = of(OF_FIELDS);
  }

  private List<Rule> of(Set<Rule.Kind> kinds) {
    return all.stream().filter(rule -> kinds.contains(rule.kind())).toList();
  }

  public List<Rule> rules() {
    return all;
  }

  /** Whether rules ask what was expected of fields. */
  boolean askFindings() {
    return !excuses.isEmpty();
  }

  /** The maintenance that a record falls into, as verdicts cite it, or null. */
  @Nullable String maintenance(Incoming in, String segment) {
    for (Rule rule : windows) {
      if (rule.holds(segment, in.entity(), in.time())) {
        return rule.cited();
      }
    }
    return null;
  }

  /** The hard range that a record is outside of, as verdicts cite it, or null. */
  @Nullable String breach(Incoming in, String segment) {
    for (Rule rule : ranges) {
      Observation observation = in.observation();
      int place = rule.field() == null ? -1 : observation.fields().place(rule.field());
      double value = place < 0 ? Double.NaN : observation.number(place);
      if ((value < rule.low() || value > rule.high())
          && rule.holds(segment, in.entity(), in.time())) {
        boolean under = value < rule.low();
        return "%s is %s, %s %s, %s"
            .formatted(
                rule.field(),
                value,
                under ? "below" : "above",
                under ? rule.low() : rule.high(),
                rule.cited());
      }
    }
    return null;
  }

  /**
   * Why nothing alarms.
   *
   * @param kind of the rule, where several are cited of that for the largest contribution
   */
  record Excuse(Rule.Kind kind, String cited) {}

  /**
   * The rules by which no culprit is a reason to alarm, as verdicts cite them, or null where one
   * is. Without a culprit the field that explains most stands for them.
   *
   * @param findings largest contribution first
   */
  @Nullable Excuse excuse(Incoming in, String segment, List<FieldFinding> findings) {
    if (excuses.isEmpty() || findings.isEmpty()) {
      return null;
    }
    List<FieldFinding> culprits = findings.stream().filter(FieldFinding::culprit).toList();
    if (culprits.isEmpty()) {
      culprits = findings.subList(0, 1);
    }
    List<Rule> cited =
        culprits.stream().map(culprit -> ruleFor(in, segment, culprit)).distinct().toList();
    return cited.contains(null)
        ? null
        : new Excuse(
            cited.get(0).kind(), cited.stream().map(Rule::cited).collect(Collectors.joining("; ")));
  }

  private @Nullable Rule ruleFor(Incoming in, String segment, FieldFinding finding) {
    if (finding.value() instanceof Value.Number seen
        && finding.expected() instanceof Value.Number expected) {
      for (Rule rule : excuses) {
        if (finding.name().equals(rule.field())
            && rule.holds(segment, in.entity(), in.time())
            && rule.excuses(seen.number(), expected.number())) {
          return rule;
        }
      }
    }
    return null;
  }
}
