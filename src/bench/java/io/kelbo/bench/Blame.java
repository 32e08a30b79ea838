package io.kelbo.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often an order of fields puts those that were made wrong in front. */
final class Blame {
  private int faults;
  private int first;
  private int firstThree;
  private int sets;
  private int exact;

  /** Takes in one explained record: fields by blame, worst first. */
  void add(List<Integer> order, List<Integer> wrong) {
    faults++;
    first += wrong.contains(order.get(0)) ? 1 : 0;
    firstThree += order.subList(0, 3).containsAll(wrong) ? 1 : 0;
  }

  /** Takes in which fields were said to be wrong. */
  void add(Set<Integer> culprits, List<Integer> wrong) {
    sets++;
    exact += culprits.equals(Set.copyOf(wrong)) ? 1 : 0;
  }

  /** Takes in what another has. */
  void add(Blame other) {
    faults += other.faults;
    first += other.first;
    firstThree += other.firstThree;
    sets += other.sets;
    exact += other.exact;
  }

  int faults() {
    return faults;
  }

  /** Shares by name, of all faults taken in. */
  Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put("first", (double) first / Math.max(1, faults));
    shares.put("first_three", (double) firstThree / Math.max(1, faults));
    if (sets > 0) {
      shares.put("exact_set", (double) exact / sets);
    }
    return shares;
  }
}
