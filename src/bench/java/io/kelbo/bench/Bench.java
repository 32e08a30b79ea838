package io.kelbo.bench;

import java.util.List;

/** What {@code bin/bench NAME [--json]} runs. */
public final class Bench {
  private static final String USAGE =
      """
      usage: bin/bench NAME [--json]
        scoring    a record of 38 fields: encode, score and decide, against ONNX Runtime, DL4J and
                   Random Cut Forest (ns, and bytes allocated; about 4 minutes)
        training   a sample and epoch of the autoencoder against DL4J's, factor analysis, and a whole
                   retraining with gate and calibration (about 2 minutes)
        quality    how well Kelbo and a one-class SVM rank strange rows of tables
        explanation [SEED]
                   whether the field that was made wrong is blamed, by Kelbo and a forest
        calibration [SEED]
                   how many normal records have p below 1 % and 0.1 %, as a table for the docs
        backtest   process time of whole backtests: 700 rows of 8 columns, 30,000 of 38
        budget     episodes opened in 50 days without a fault, against those wanted (about 10 minutes)
        entities   how long a machine alarms that became another for good, and faults found meanwhile
        predict    predictions against ridge and logistic regression, on tables (about 4 minutes)
        targets    targets told as in the stream, against ridge and softmax regression
        repair     values made wrong in tables: how many are found, and how many right ones are taken
        generate   generated records against real ones, on tables
        reading    a wide Avro record: the declared fields against all, and Avro's own reader (about 2
                   minutes)
        service    CPU a record of the scoring application against a plain one on the same broker
                   (about 3 minutes)
        latency    p99 of a verdict while the service trains, against while it does not (about 3 minutes)
        backlog [N] ten million records that wait, worked off by a service with 512 MB of heap (about 30
                   minutes and 30 GB of disk)
        --json     one line of JSON on standard output""";

  private Bench() {}

  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    boolean json = words.contains("--json");
    List<String> names = words.stream().filter(word -> !word.equals("--json")).toList();
    if (names.size() == 2 && names.get(1).matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(names.get(1));
      switch (names.get(0)) {
        case "backlog" -> {
          BacklogBench.run(number, json);
          return;
        }
        case "calibration" -> {
          CalibrationBench.run(number, json);
          return;
        }
        case "explanation" -> {
          ExplanationBench.run(number, json);
          return;
        }
        default -> {} // said below
      }
    }
    switch (String.join(" ", names)) {
      case "scoring" -> ScoringBench.run(json);
      case "training" -> TrainingBench.run(json);
      case "quality" -> QualityBench.run(json);
      case "calibration" -> CalibrationBench.run(1, json);
      case "backtest" -> BacktestBench.run(json);
      case "budget" -> BudgetBench.run(json);
      case "entities" -> EntitiesBench.run(json);
      case "explanation" -> ExplanationBench.run(1, json);
      case "predict" -> PredictBench.run(json);
      case "targets" -> TargetBench.run(json);
      case "repair" -> RepairBench.run(json);
      case "generate" -> GenerateBench.run(json);
      case "reading" -> ReadingBench.run(json);
      case "service" -> ServiceBench.run(json);
      case "backlog" -> BacklogBench.run(BacklogBench.RECORDS, json);
      case "latency" -> LatencyBench.run(json);
      default -> {
        if (!names.isEmpty()) {
          System.err.printf("there is no benchmark '%s'%n", String.join(" ", names));
        }
        System.err.println(USAGE);
        System.exit(names.isEmpty() ? 0 : 2);
      }
    }
  }
}
