package io.kelbo.bench;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Judge;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
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

/**
 * Whether p-values keep their word: how many records of a stream without anomalies, none of them
 * learned from, have p below 1 % and below 0.1 %. Without {@code --json}, a table for the docs.
 */
final class CalibrationBench {
  private static final int[] LEARNED = {2000, 20_000};
  private static final int HELD_OUT = 40_000;
  private static final double[] NOMINAL = {0.01, 0.001};

  private CalibrationBench() {}

  /**
   * @param seed of the streams and of the trainings
   */
  static void run(long seed, boolean json) {
    List<String> parts = new ArrayList<>();
    if (!json) {
      System.out.println(
          "| stream, fields | learned from | p < 1 % | p < 0.1 % | within a factor of two |");
      System.out.println("|---|---|---|---|---|");
    }
    for (int learned : LEARNED) {
      for (NormalStream stream : NormalStream.all(seed)) {
        double[] rates = rates(stream, learned, seed);
        if (json) {
          parts.add(
              String.format(
                  Locale.ROOT,
                  "\"%s, %d rows\": [%.5f, %.5f]",
                  stream.name,
                  learned,
                  rates[0],
                  rates[1]));
        } else {
          System.out.printf(
              Locale.ROOT,
              "| %s | %,d | %.2f %% | %.3f %% | %s |%n",
              stream.name,
              learned,
              100 * rates[0],
              100 * rates[1],
              kept(rates));
        }
      }
    }
    if (json) {
      Printed.line("calibration", parts, true);
    }
  }

  private static String kept(double[] rates) {
    List<String> words = new ArrayList<>();
    for (int n = 0; n < NOMINAL.length; n++) {
      double ratio = rates[n] / NOMINAL[n];
      words.add(ratio > 2 ? "too many" : ratio < 0.5 ? "too few" : "yes");
    }
    return String.join(", ", words);
  }

  /** Shares of held-out records with p below each nominal rate. */
  private static double[] rates(NormalStream stream, int learned, long seed) {
    Map<String, List<Run.Moment>> entities = new LinkedHashMap<>();
    Map<String, EntityState> states = new HashMap<>();
    List<Incoming> warmUp = new ArrayList<>();
    for (int i = 0; i < learned; i++) {
      Incoming in = stream.next();
      warmUp.add(in);
      entities
          .computeIfAbsent(in.entity(), e -> new ArrayList<>())
          .add(new Run.Moment(in.time(), in.source(), in.observation(), false));
    }
    List<Run> runs = new ArrayList<>();
    entities.forEach((entity, moments) -> runs.add(new Run(entity, moments)));
    Outcome outcome =
        Trainer.train(
            stream.layout,
            runs,
            new TrainingSettings(seed, AlarmBudget.of("0.001"), false),
            new Lineage(
                new ModelId("default", 1),
                Instant.EPOCH,
                null,
                List.of(new Provenance.Offset("normal", 0, learned))));
    Judge judge = new Judge(((Outcome.Promoted) outcome).model(), Duration.ofDays(1), false);
    for (Incoming in : warmUp) {
      judged(judge, states, stream, in);
    }
    double[] rates = new double[NOMINAL.length];
    for (int i = 0; i < HELD_OUT; i++) {
      double p = judged(judge, states, stream, stream.next()).pValue();
      for (int n = 0; n < NOMINAL.length; n++) {
        rates[n] += p < NOMINAL[n] ? 1.0 / HELD_OUT : 0;
      }
    }
    return rates;
  }

  private static Verdict judged(
      Judge judge, Map<String, EntityState> states, NormalStream stream, Incoming in) {
    EntityState state =
        states.computeIfAbsent(in.entity(), e -> EntityState.fresh(e, stream.layout.fields()));
    return judge.judge(in, state).verdict();
  }
}
