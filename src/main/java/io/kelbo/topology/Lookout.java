package io.kelbo.topology;

import io.kelbo.model.Footing;
import io.kelbo.model.Ground;
import io.kelbo.model.Model;
import io.kelbo.train.Drift;
import io.kelbo.train.Probation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the tallies of a segment say: whether the stream drifts, and how much the champion alarms.
 * Drift is told once: when two blocks in a row show it, and again only after one that shows nothing
 * or after another champion.
 *
 * @param version the champion that all of this is about
 * @param own what it has alarmed so far, older records counting less
 * @param before the same of the champion before it
 * @param probation whether it was just promoted by the gate and may still be rolled back
 * @param declared whether its drift was told
 * @param suspected what drifted in the block before: fields, or {@link #RECORD}
 * @param block what was tallied since that block; null for nothing
 */
record Lookout(
    int version,
    Counted own,
    Counted before,
    boolean probation,
    boolean declared,
    Set<String> suspected,
    @Nullable Tally block) {
  /** Records of a block. */
  static final int BLOCK = 512;

  /** The whole record: too many small p-values. No field has an empty name. */
  static final String RECORD = "";

  static final Lookout NOTHING =
      new Lookout(0, Counted.NONE, Counted.NONE, false, false, Set.of(), null);

  Lookout {
    suspected = Set.copyOf(suspected);
  }

  /** Episodes and records over some stream time, in ms. */
  record Counted(long records, long opened, long from, long to) {
    static final Counted NONE = new Counted(0, 0, 0, 0);

    Counted plus(Tally tally) {
      Counted sum =
          new Counted(
              records + tally.records(),
              opened + tally.opened(),
              records == 0 ? tally.from() : Math.min(from, tally.from()),
              Math.max(to, tally.to()));
      return sum.records <= Probation.RECORDS
          ? sum
          : new Counted(sum.records / 2, sum.opened / 2, sum.to - (sum.to - sum.from) / 2, sum.to);
    }

    Probation.Count count() {
      return new Probation.Count(records, opened, Duration.ofMillis(to - from));
    }
  }

  /**
   * What a tally told.
   *
   * @param drift what moved, by field, if drift is to be told now; empty otherwise
   * @param block the block that was full with this tally; null for none
   */
  record Told(Lookout lookout, Map<String, Drift.Moved> drift, @Nullable Tally block) {}

  /**
   * Takes in a tally of the champion.
   *
   * @param promoted whether the gate promoted it, rather than a person
   */
  Told add(Tally tally, Model champion, boolean promoted) {
    Lookout at = this;
    if (version != tally.version()) {
      at = new Lookout(tally.version(), Counted.NONE, own, promoted, false, Set.of(), null);
    }
    Counted counted = at.own.plus(tally);
    boolean watched = at.probation && at.own.records() + tally.records() < Probation.RECORDS;
    Tally whole = at.block == null ? tally : at.block.plus(tally);
    if (whole.records() < BLOCK) {
      return new Told(
          new Lookout(at.version, counted, at.before, watched, at.declared, at.suspected, whole),
          Map.of(),
          null);
    }
    Map<String, Drift.Moved> moved = moved(whole, champion.provenance().ground());
    Map<String, Drift.Moved> again = new TreeMap<>(moved);
    again.keySet().retainAll(at.suspected);
    boolean tell = !at.declared && !again.isEmpty();
    boolean declared = tell || (at.declared && !moved.isEmpty());
    return new Told(
        new Lookout(at.version, counted, at.before, watched, declared, moved.keySet(), null),
        tell ? again : Map.of(),
        whole);
  }

  private static Map<String, Drift.Moved> moved(Tally block, Ground ground) {
    Map<String, Drift.Moved> moved = new TreeMap<>();
    double small = (double) block.below01() / block.records();
    if (small > Drift.MOST_SMALL) {
      moved.put(RECORD, new Drift.Moved("small", small, small / 0.01));
    }
    List<Footing> footings = ground.footings();
    for (int j = 0; j < footings.size() && j < block.fields().size(); j++) {
      String name = block.fields().get(j).name();
      Drift.of(footings.get(j), ground.blocks(), block.block(j))
          .ifPresent(found -> moved.put(name, found));
    }
    return moved;
  }

  /** A sentence on what moved, the furthest first, at most four. */
  static String sentence(Map<String, Drift.Moved> drift) {
    Set<String> parts = new TreeSet<>();
    drift.entrySet().stream()
        .sorted(
            Comparator.comparingDouble(
                    (Map.Entry<String, Drift.Moved> e) -> e.getValue().deviations())
                .reversed())
        .limit(4)
        .forEach(
            e ->
                parts.add(
                    e.getKey().equals(RECORD)
                        ? "%.1f %% of records have p below 1 %%"
                            .formatted(100 * e.getValue().size())
                        : "'%s': %s".formatted(e.getKey(), e.getValue())));
    return "two blocks of %d records in a row left what the champion learned from: %s"
        .formatted(BLOCK, String.join("; ", parts));
  }

  Lookout offProbation() {
    return new Lookout(version, own, before, false, declared, suspected, block);
  }
}
