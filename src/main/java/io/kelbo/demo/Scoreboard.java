package io.kelbo.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares opened episodes with the injected faults.
 *
 * <p>An alarm belongs to a fault of its pump if its time lies between the fault's first record and
 * {@link #GRACE} after its last one: so long the detector still sees the fault in its context of 16
 * records, and the return to normal is a change as well. A fault that an alarm belongs to is found;
 * more alarms of the same fault count no further. An alarm that belongs to none is false. A fault
 * that had not ended when the feed stopped counts nowhere, and neither do its alarms.
 */
final class Scoreboard {
  /** 16 records of a pump: the context over time. */
  static final Duration GRACE = Plant.INTERVAL.multipliedBy(16);

  private Scoreboard() {}

  /**
   * How the alarms did.
   *
   * @param found faults with at least one alarm
   * @param foundLate of those, how many were found in the grace after their end only
   * @param kinds found and injected of each kind
   */
  record Detection(
      int injected, int found, int foundLate, int falseAlarms, Map<FaultKind, Share> kinds) {
    Detection {
      kinds = Map.copyOf(kinds);
    }
  }

  /** How many of how many. */
  record Share(int found, int injected) {
    Share plus(Share other) {
      return new Share(found + other.found, injected + other.injected);
    }
  }

  /** The fault that an alarm at this time belongs to. */
  static Optional<Fault> match(List<Fault> faults, String pump, Instant time) {
    return faults.stream()
        .filter(f -> f.key().equals(pump))
        .filter(f -> !time.isBefore(f.from()) && !time.isAfter(f.to().plus(GRACE)))
        .findFirst();
  }

  /**
   * Counts.
   *
   * @param newest time of the last record produced
   */
  static Detection count(List<Fault> faults, List<Alarm> alarms, Instant newest) {
    List<Fault> ended = faults.stream().filter(f -> !f.to().isAfter(newest)).toList();
    Map<FaultKind, Share> kinds = new EnumMap<>(FaultKind.class);
    int found = 0;
    int late = 0;
    for (Fault fault : ended) {
      List<Alarm> its = of(fault, alarms);
      kinds.merge(fault.kind(), new Share(its.isEmpty() ? 0 : 1, 1), Share::plus);
      found += its.isEmpty() ? 0 : 1;
      late += !its.isEmpty() && its.stream().allMatch(a -> a.time().isAfter(fault.to())) ? 1 : 0;
    }
    int falseAlarms =
        (int) alarms.stream().filter(a -> match(faults, a.pump(), a.time()).isEmpty()).count();
    return new Detection(ended.size(), found, late, falseAlarms, kinds);
  }

  private static List<Alarm> of(Fault fault, List<Alarm> alarms) {
    List<Alarm> its = new ArrayList<>();
    for (Alarm alarm : alarms) {
      if (match(List.of(fault), alarm.pump(), alarm.time()).isPresent()) {
        its.add(alarm);
      }
    }
    return its;
  }
}
