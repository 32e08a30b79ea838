package io.kelbo.bench;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Episode;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Incoming;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long a machine alarms that has become another for good, and what is still seen of faults: one
 * of ten, scored and learned from as by the service, with a training each 2,000 records over a
 * window of 8,000, half of it the quarantine.
 */
final class EntitiesBench {
  private static final int LEARNED = 2_000;
  private static final int WINDOW = 8_000;
  private static final int EVERY = 2_000; // records of all between trainings
  private static final int PART = 8_000; // records of all that are counted together
  private static final int PARTS = 4; // after the change
  private static final int FAULT_EVERY = 2_000; // records of all, on each of two machines
  private static final AlarmBudget BUDGET = AlarmBudget.of("0.001");
  private static final long[] SEEDS = {1, 2, 3};
  private static final double[] TIMES = {1, 1.5, 2, 3};
  private static final double[] MOVED = {4, 8};

  private EntitiesBench() {}

  /** What became of a share of the records: strange ones among right ones, and faults found. */
  private static final class Count {
    int records;
    int flagged;
    int small;
    int opened;
    int faults;
    int found;

    void add(Verdict verdict, boolean broken) {
      boolean anomaly = verdict.kind() == VerdictKind.ANOMALY;
      if (broken) {
        faults++;
        found += anomaly ? 1 : 0;
      } else {
        records++;
        flagged += anomaly ? 1 : 0;
        small += verdict.pValue() < 0.01 ? 1 : 0;
        Episode episode = verdict.episode();
        opened += episode != null && episode.state() == Episode.State.OPENED ? 1 : 0;
      }
    }
  }

  static void run(boolean json) {
    List<String> parts = new ArrayList<>();
    if (!json) {
      System.out.println("| change | machine | p < 1 % | flagged | opened | faults found |");
      System.out.println("|---|---|---|---|---|---|");
    }
    for (double times : TIMES) {
      play("noise x %.1f".formatted(times), times, 0, parts, json);
    }
    for (double moved : MOVED) {
      play("moved by %.0f".formatted(moved), 1, moved, parts, json);
    }
    if (json) {
      Printed.line("entities", parts, true);
    }
  }

  private static void play(
      String change, double times, double moved, List<String> parts, boolean json) {
    Count[][] counts = new Count[2][PARTS + 1]; // the changed machine, and the others
    for (Count[] of : counts) {
      Arrays.setAll(of, part -> new Count());
    }
    for (long seed : SEEDS) {
      play(new ChangingPlant(times, moved, seed), seed, counts);
    }
    report(change, "that one", counts[0], parts, json);
    report(change, "the others", counts[1], parts, json);
  }

  private static void play(ChangingPlant plant, long seed, Count[][] counts) {
    Deque<Incoming> window = new ArrayDeque<>();
    Set<Source> flagged = new HashSet<>();
    Map<String, EntityState> states = new HashMap<>();
    Model model = null;
    Judge judge = null;
    for (int i = 0; i < ChangingPlant.CHANGE + PARTS * PART; i++) {
      int machine = plant.machine();
      boolean last = machine == ChangingPlant.MACHINES - 1;
      boolean broken =
          judge != null && i % FAULT_EVERY / ChangingPlant.MACHINES == 0 && (last || machine == 3);
      Incoming in = plant.next(broken);
      if (judge != null) {
        EntityState state =
            states.computeIfAbsent(in.entity(), e -> EntityState.fresh(e, plant.layout.fields()));
        Verdict verdict = judge.judge(in, state).verdict();
        if (verdict.kind() == VerdictKind.ANOMALY) {
          flagged.add(in.source());
        }
        int part = i < ChangingPlant.CHANGE ? 0 : 1 + (i - ChangingPlant.CHANGE) / PART;
        counts[last ? 0 : 1][part].add(verdict, broken);
      }
      window.add(in);
      if (window.size() > WINDOW) {
        flagged.remove(window.remove().source());
      }
      if ((i + 1) % EVERY == 0) {
        Model next = trained(plant, window, flagged, model, seed);
        if (next != null) {
          model = next;
          judge = new Judge(model, Duration.ofDays(1), false);
        }
      }
    }
  }

  private static @Nullable Model trained(
      ChangingPlant plant,
      Deque<Incoming> window,
      Set<Source> flagged,
      @Nullable Model champion,
      long seed) {
    Map<String, List<Run.Moment>> byMachine = new LinkedHashMap<>();
    for (Incoming in : window) {
      boolean held = flagged.contains(in.source());
      byMachine
          .computeIfAbsent(in.entity(), e -> new ArrayList<>())
          .add(new Run.Moment(in.time(), in.source(), in.observation(), held));
    }
    List<Run> runs = new ArrayList<>();
    byMachine.forEach((machine, moments) -> runs.add(new Run(machine, moments)));
    int version = champion == null ? 1 : champion.id().version() + 1;
    Outcome outcome =
        Trainer.train(
            plant.layout,
            runs,
            new TrainingSettings(seed, BUDGET, false, Duration.ofSeconds(WINDOW / 2)),
            new Lineage(new ModelId("default", version), Instant.EPOCH, champion, List.of()));
    return outcome instanceof Outcome.Promoted won ? won.model() : null;
  }

  private static void report(
      String change, String machine, Count[] of, List<String> parts, boolean json) {
    String small = each(of, count -> percent(count.small, count.records));
    String flagged = each(of, count -> percent(count.flagged, count.records));
    String opened = each(of, count -> Integer.toString(count.opened));
    String found = each(of, count -> "%d/%d".formatted(count.found, count.faults));
    if (json) {
      parts.add(
          "\"%s, %s\": {\"small_percent\": \"%s\", \"flagged_percent\": \"%s\", \"opened\": \"%s\", \"found\": \"%s\"}"
              .formatted(change, machine, small, flagged, opened, found));
    } else {
      System.out.printf(
          "| %s | %s | %s | %s | %s | %s |%n", change, machine, small, flagged, opened, found);
    }
  }

  private static String percent(int some, int all) {
    return String.format(Locale.ROOT, "%.1f", 100.0 * some / all);
  }

  /** Before the change, and in each part after it. */
  private static String each(Count[] of, Function<Count, String> figure) {
    return Arrays.stream(of).map(figure).collect(Collectors.joining(", "));
  }
}
