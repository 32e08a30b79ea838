package io.kelbo.backtest;

import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds verdicts against labels, row by row; rows without a label do not count. */
final class Against {
  private final List<Double> scores = new ArrayList<>();
  private final List<Boolean> strange = new ArrayList<>();
  private final List<Integer> series = new ArrayList<>(); // one an entity
  private final Map<String, Integer> entities = new HashMap<>();
  private final Map<String, Event> open = new HashMap<>();
  private final long[] counts = new long[4]; // TP, FP, FN, TN
  private long events;
  private long found;

  /** A stretch of strange rows of one entity. */
  private static final class Event {
    private boolean found;
  }

  void add(History.Row row, Verdict verdict) {
    if (row.label() == null) {
      return;
    }
    boolean positive = row.label().equals("1");
    boolean anomaly = verdict.kind() == VerdictKind.ANOMALY;
    scores.add(verdict.scored() ? verdict.surprisal() : 0);
    strange.add(positive);
    counts[positive ? (anomaly ? 0 : 2) : (anomaly ? 1 : 3)]++;
    String entity = row.incoming().entity();
    series.add(entities.computeIfAbsent(entity, e -> entities.size()));
    if (!positive) {
      open.remove(entity);
      return;
    }
    Event event = open.get(entity);
    if (event == null) {
      event = new Event();
      open.put(entity, event);
      events++;
    }
    if (anomaly && !event.found) {
      event.found = true;
      found++;
    }
  }

  /** Null where no row had a label. */
  BacktestResult.@Nullable Labelled labelled() {
    if (scores.isEmpty()) {
      return null;
    }
    boolean[] truth = new boolean[strange.size()];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = strange.get(i);
    }
    double[] ranked = scores.stream().mapToDouble(Double::doubleValue).toArray();
    return new BacktestResult.Labelled(
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        events,
        found,
        RankQuality.of(ranked, truth),
        RangeQuality.of(ranked, truth, series.stream().mapToInt(Integer::intValue).toArray()));
  }
}
