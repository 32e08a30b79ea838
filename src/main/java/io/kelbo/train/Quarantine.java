package io.kelbo.train;

import io.kelbo.record.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which flagged records are not learned from: at most a tenth of the sample, the newest, since the
 * older have had time to persist; and none longer than the quarantine lasts if its entity went on
 * being flagged all that time. One-off anomalies leave with the window; what has become usual for
 * an entity, however small a share of all, is learned.
 */
final class Quarantine {
  private static final double MOST = 0.1;

  /**
   * The quarantine's time in equal parts: an entity flagged in each of them was flagged all along.
   */
  private static final int PARTS = 4;

  private final List<Run.Moment> moments;
  private final List<String> entities;
  private final Instant newest;
  private final Duration lasts;

  /**
   * @param moments the records
   * @param entities of each
   */
  Quarantine(List<Run.Moment> moments, List<String> entities, Duration lasts) {
    this.moments = moments;
    this.entities = entities;
    this.lasts = lasts;
    this.newest =
        moments.stream().map(Run.Moment::time).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
  }

  /** For each record whether it is held back. */
  boolean[] held() {
    Map<String, int[]> persistence = persistence();
    List<Integer> flagged = new ArrayList<>();
    for (int i = 0; i < moments.size(); i++) {
      if (moments.get(i).flagged() && !(served(i) && persists(persistence.get(entities.get(i))))) {
        flagged.add(i);
      }
    }
    flagged.sort(Comparator.comparing((Integer i) -> moments.get(i).time()).reversed());
    boolean[] held = new boolean[moments.size()];
    flagged.stream().limit((int) (MOST * moments.size())).forEach(i -> held[i] = true);
    return held;
  }

  private boolean served(int record) {
    return age(record).compareTo(lasts) >= 0;
  }

  private Duration age(int record) {
    return Duration.between(moments.get(record).time(), newest);
  }

  /** By entity, for each part of the quarantine's time: 1 with records, 2 with flagged ones too. */
  private Map<String, int[]> persistence() {
    Map<String, int[]> parts = new HashMap<>();
    for (int i = 0; i < moments.size(); i++) {
      if (!served(i)) {
        int part = (int) (PARTS * age(i).toMillis() / lasts.toMillis());
        int[] seen = parts.computeIfAbsent(entities.get(i), entity -> new int[PARTS]);
        seen[part] = Math.max(seen[part], moments.get(i).flagged() ? 2 : 1);
      }
    }
    return parts;
  }

  private static boolean persists(int @org.jspecify.annotations.Nullable [] parts) {
    if (parts == null) {
      return false;
    }
    int flagged = 0;
    for (int part : parts) {
      if (part == 1) {
        return false;
      }
      flagged += part == 2 ? 1 : 0;
    }
    return flagged >= 2;
  }
}
