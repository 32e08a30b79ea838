package io.kelbo.backtest;

import io.kelbo.context.EntityState;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which model judged from which row on, and with that the means to judge the same rows again: only
 * then is it known which rows are worth an explanation, and explaining all would cost many times
 * the scoring.
 */
final class Reigns implements BacktestStory.Replay {
  private final History history;
  private final Duration late;
  private final List<Model> models = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();

  Reigns(History history, Duration late) {
    this.history = history;
    this.late = late;
  }

  /** From this row on, this model judges. */
  void begin(int row, Model model) {
    starts.add(row);
    models.add(model);
  }

  @Override
  public Map<Integer, List<FieldFinding>> findings(Set<Integer> places) {
    Map<Integer, List<FieldFinding>> findings = new HashMap<>();
    if (places.isEmpty()) {
      return findings;
    }
    Set<String> entities =
        places.stream()
            .map(place -> history.rows().get(place).incoming().entity())
            .collect(Collectors.toSet());
    Map<String, EntityState> states = new HashMap<>();
    int reign = 0;
    Judge judge = new Judge(models.get(0), late);
    int last = new TreeSet<>(places).last();
    for (int i = 0; i <= last; i++) {
      if (reign + 1 < starts.size() && starts.get(reign + 1) == i) {
        reign++;
        judge = new Judge(models.get(reign), late);
      }
      var incoming = history.rows().get(i).incoming();
      if (!entities.contains(incoming.entity())) {
        continue;
      }
      EntityState state =
          states.computeIfAbsent(
              incoming.entity(), e -> EntityState.fresh(e, history.layout().fields()));
      boolean scored = judge.judge(incoming, state).verdict().scored();
      if (scored && places.contains(i)) {
        findings.put(i, judge.findings());
      }
    }
    return findings;
  }
}
