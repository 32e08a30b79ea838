package io.kelbo.bench;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Episode;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Verdict;
import io.kelbo.record.Incoming;
import io.kelbo.record.Run;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the alarm budget keeps its word: episodes opened in 50 days without a fault, against
 * those wanted. One model learns from the first day, or each day's model from the day before.
 */
final class BudgetBench {
  private static final int DAYS = 50;
  private static final String[] BUDGETS = {"5 per day", "0.001"};
  private static final int[] MACHINES = {5, 20};
  private static final double[] KEPT = {0, 0.9};

  private BudgetBench() {}

  static void run(boolean json) {
    List<String> parts = new ArrayList<>();
    if (!json) {
      System.out.println("| budget | machines | kept a minute | model | wanted | opened | ratio |");
      System.out.println("|---|---|---|---|---|---|---|");
    }
    for (String budget : BUDGETS) {
      for (int machines : MACHINES) {
        for (double kept : KEPT) {
          for (boolean daily : new boolean[] {false, true}) {
            int opened = opened(new SteadyPlant(machines, kept, 7), AlarmBudget.of(budget), daily);
            double wanted =
                DAYS
                    * (double) machines
                    * SteadyPlant.A_DAY
                    * AlarmBudget.of(budget).perRecord((double) machines * SteadyPlant.A_DAY);
            report(json, parts, budget, machines, kept, daily, wanted, opened);
          }
        }
      }
    }
    if (json) {
      Printed.line("budget", parts, true);
    }
  }

  private static void report(
      boolean json,
      List<String> parts,
      String budget,
      int machines,
      double kept,
      boolean daily,
      double wanted,
      int opened) {
    String model = daily ? "anew each day" : "of the first day";
    if (json) {
      parts.add(
          String.format(
              Locale.ROOT,
              "\"%s, %d machines, %.1f kept, %s\": [%.0f, %d]",
              budget,
              machines,
              kept,
              model,
              wanted,
              opened));
    } else {
      System.out.printf(
          Locale.ROOT,
          "| `%s` | %d | %.1f | %s | %.0f | %d | %.2f |%n",
          budget,
          machines,
          kept,
          model,
          wanted,
          opened,
          opened / wanted);
    }
  }

  /** Episodes opened after the first day, which is learned from. */
  private static int opened(SteadyPlant plant, AlarmBudget budget, boolean daily) {
    Map<String, EntityState> states = new HashMap<>();
    Model model = null;
    Judge judge = null;
    int opened = 0;
    for (int day = 0; day <= DAYS; day++) {
      Map<String, List<Run.Moment>> seen = new LinkedHashMap<>();
      for (int i = 0; i < plant.machines() * SteadyPlant.A_DAY; i++) {
        Incoming in = plant.next();
        boolean flagged = false;
        if (judge != null) {
          EntityState state =
              states.computeIfAbsent(in.entity(), e -> EntityState.fresh(e, plant.layout.fields()));
          Verdict verdict = judge.judge(in, state).verdict();
          flagged = verdict.fields().isEmpty() && verdict.pValue() < verdict.thresholdP();
          Episode episode = verdict.episode();
          opened += episode != null && episode.state() == Episode.State.OPENED ? 1 : 0;
        }
        seen.computeIfAbsent(in.entity(), e -> new ArrayList<>())
            .add(new Run.Moment(in.time(), in.source(), in.observation(), flagged));
      }
      if (day == 0 || (daily && day < DAYS)) {
        model = next(plant, budget, seen, model);
        judge = new Judge(model, Duration.ofDays(1), false);
      }
    }
    return opened;
  }

  private static Model next(
      SteadyPlant plant,
      AlarmBudget budget,
      Map<String, List<Run.Moment>> seen,
      @Nullable Model champion) {
    List<Run> runs = new ArrayList<>();
    seen.forEach((entity, moments) -> runs.add(new Run(entity, moments)));
    int version = champion == null ? 1 : champion.id().version() + 1;
    Outcome outcome =
        Trainer.train(
            plant.layout,
            runs,
            new TrainingSettings(1, budget, false),
            new Lineage(new ModelId("default", version), Instant.EPOCH, champion, List.of()));
    if (outcome instanceof Outcome.Promoted promoted) {
      return promoted.model();
    }
    if (champion == null) {
      throw new IllegalStateException("the first day taught nothing: " + outcome.reason());
    }
    return champion;
  }
}
