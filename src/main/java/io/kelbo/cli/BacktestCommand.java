package io.kelbo.cli;

import io.kelbo.backtest.Backtest;
import io.kelbo.backtest.BacktestOptions;
import io.kelbo.backtest.BacktestResult;
import io.kelbo.backtest.BadTable;
import io.kelbo.backtest.Retraining;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Model;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kelbo backtest}: options in, {@link Backtest}, result out. */
@Command(
    name = "backtest",
    description = "Scores the rows of CSV files (.csv, .csv.gz) as the service would have.")
final class BacktestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Answer answer;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files to score, in order, as one history. The first line names the columns.")
  private List<Path> files;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Learn from this file (default: from the beginning of the files).")
  private @Nullable Path train;

  @Option(
      names = "--train-rows",
      paramLabel = "N",
      description = "Learn from so many rows first (default: all of --train, else 500).")
  private int trainRows;

  @Option(
      names = "--retrain",
      paramLabel = "WHEN",
      defaultValue = "never",
      description = "never, a duration of the rows' time, or rows (default: ${DEFAULT-VALUE}).")
  private String retrain;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "Column of the time (default: a row a second).")
  private @Nullable String time;

  @Option(
      names = "--entity",
      paramLabel = "COLUMN",
      description = "Column that tells entities apart (default: one entity).")
  private @Nullable String entity;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Column of 0 and 1, copied to the scores, never read by the model.")
  private @Nullable String label;

  @Option(names = "--tabular", description = "Rows have no order: no context over time.")
  private boolean tabular;

  @Option(
      names = "--scores",
      paramLabel = "OUT.csv",
      description = "Where to write one line for each scored row.")
  private @Nullable Path scores;

  @Option(
      names = "--budget",
      paramLabel = "BUDGET",
      defaultValue = "0.001",
      description =
          "False alarms wanted, such as '5 per day', or a share (default: ${DEFAULT-VALUE}).")
  private String budget;

  @Option(names = "--seed", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    checkFiles();
    BacktestOptions options =
        new BacktestOptions(
            files,
            train,
            trainRows,
            parsed(Retraining::of, retrain),
            time,
            entity,
            label,
            tabular,
            scores,
            parsed(AlarmBudget::of, budget),
            seed);
    PrintWriter err = spec.commandLine().getErr();
    boolean terminal = System.console() != null && !answer.json();
    try {
      BacktestResult result =
          Backtest.run(
              options,
              rows -> {
                if (terminal) {
                  err.print("\r%,d rows ".formatted(rows));
                  err.flush();
                }
              });
      if (terminal) {
        err.print("\r");
      }
      answer.give(spec, facts(result), out -> print(result, out));
      return Failures.DONE;
    } catch (BadTable bad) {
      throw new CommandFailure(Failures.FAILED, String.valueOf(bad.getMessage()));
    } catch (IOException unwritable) {
      throw new CommandFailure(
          Failures.FAILED,
          "--scores is '%s' but cannot be written (%s). Name a file in a folder that exists."
              .formatted(scores, unwritable.getClass().getSimpleName()));
    }
  }

  private void checkFiles() {
    if (trainRows < 0) {
      throw new CommandFailure(
          Failures.USAGE, "--train-rows is '%d' but must be 0 or more".formatted(trainRows));
    }
    for (Path file : files) {
      requireFile(file);
    }
    if (train != null) {
      requireFile(train);
    }
  }

  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(
          Failures.USAGE,
          "the file '%s' %s. Name CSV files, plain or gzipped."
              .formatted(file, Files.exists(file) ? "is a folder" : "does not exist"));
    }
  }

  private static <T> T parsed(Function<String, T> reader, String text) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException refused) {
      throw new CommandFailure(Failures.USAGE, String.valueOf(refused.getMessage()));
    }
  }

  private static Map<String, Object> facts(BacktestResult result) {
    Model model = result.model();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows", result.rows());
    facts.put("scored", result.scored());
    facts.put("anomalies", result.anomalies());
    facts.put("episodes", result.episodes());
    facts.put("imputed_cells", result.imputed());
    facts.put("models", result.models());
    facts.put("method", model.provenance().method());
    facts.put("fields", model.layout().fields().size());
    facts.put("threshold_p", model.thresholdP());
    BacktestResult.Labelled labelled = result.labelled();
    if (labelled != null) {
      facts.put("true_positives", labelled.truePositives());
      facts.put("false_positives", labelled.falsePositives());
      facts.put("false_negatives", labelled.falseNegatives());
      facts.put("true_negatives", labelled.trueNegatives());
      facts.put("f1", labelled.f1());
    }
    return facts;
  }

  private void print(BacktestResult result, PrintWriter out) {
    out.printf(
        "%,d rows, %,d scored by %s: %,d anomalies in %,d episodes, %,d missing cells filled.%n",
        result.rows(),
        result.scored(),
        result.models() == 1 ? "one model" : result.models() + " models",
        result.anomalies(),
        result.episodes(),
        result.imputed());
    out.printf(
        "Method %s; a record is an anomaly below p = %.3g.%n",
        result.model().provenance().method(), result.model().thresholdP());
    BacktestResult.Labelled labelled = result.labelled();
    if (labelled != null) {
      out.printf(
          "Against the labels: %,d true and %,d false positives, %,d missed; F1 %.3f.%n",
          labelled.truePositives(),
          labelled.falsePositives(),
          labelled.falseNegatives(),
          labelled.f1());
    }
    if (scores != null) {
      out.printf("Scores are in %s.%n", scores);
    }
  }
}
