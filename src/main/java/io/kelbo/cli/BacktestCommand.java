package io.kelbo.cli;

import io.kelbo.backtest.Backtest;
import io.kelbo.backtest.BacktestOptions;
import io.kelbo.backtest.BacktestResult;
import io.kelbo.backtest.Retraining;
import io.kelbo.backtest.WholeFile;
import io.kelbo.backtest.report.ReportPage;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Model;
import io.kelbo.record.Declared;
import io.kelbo.record.EntityRule;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.SettingsReader;
import io.kelbo.table.BadTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final String TABULAR_BUDGET = "0.01";

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
      names = "--model",
      paramLabel = "SNAPSHOT",
      description = "Score with this model, as 'kelbo model export' wrote it, and learn nothing.")
  private @Nullable Path model;

  @Option(
      names = "--train-rows",
      paramLabel = "N",
      description =
          "Learn from so many rows first: of --train (default: all), else of FILE (default: 500).")
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
      names = "--report",
      paramLabel = "OUT.html",
      description = "Where to write a page with pictures: one file, readable offline.")
  private @Nullable Path report;

  @Option(
      names = "--budget",
      paramLabel = "BUDGET",
      description =
          "False alarms wanted, such as '0.001' of the rows (default: '"
              + AlarmBudget.DEFAULT
              + "' of the rows' time, '"
              + TABULAR_BUDGET
              + "' with --tabular, for which only a share in --config counts).")
  private @Nullable String budget;

  @Option(names = "--seed", paramLabel = "N", description = "Seed (default: 1).")
  private @Nullable Long seed;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "A configuration whose fields, entity, time, budget, seed and layers are used.")
  private @Nullable Path config;

  @Override
  public Integer call() throws SettingsProblems {
    checkFiles();
    BacktestOptions options = options();
    try {
      BacktestResult result = run(options);
      answer.give(
          spec,
          BacktestFindings.facts(result),
          out -> BacktestFindings.print(result, scores, report, out));
      return Failures.DONE;
    } catch (BadTable bad) {
      throw new CommandFailure(Failures.USAGE, String.valueOf(bad.getMessage()));
    } catch (IOException unwritable) {
      throw new CommandFailure(Failures.FAILED, String.valueOf(unwritable.getMessage()));
    }
  }

  private BacktestResult run(BacktestOptions options) throws BadTable, IOException {
    try (ProgressLine progress = ProgressLine.of(answer.json())) {
      if (report == null) {
        return Backtest.run(options, progress, null);
      }
      try (WholeFile page = new WholeFile("--report", report)) {
        BacktestResult result =
            Backtest.run(options, progress, story -> page.write(ReportPage.of(story)));
        page.finish();
        return result;
      }
    }
  }

  /**
   * The command line, and below it the configuration if one is named, and below it the defaults.
   */
  private BacktestOptions options() throws SettingsProblems {
    Declared declared = Declared.nothing();
    // Rows without order have no day: a share of them is meant.
    AlarmBudget wanted = AlarmBudget.of(tabular ? TABULAR_BUDGET : AlarmBudget.DEFAULT);
    long number = 1;
    int layers = 1;
    if (config != null) {
      Settings settings = new SettingsReader().read(config);
      declared = declared(settings.input());
      // A budget a day says nothing of rows without order, stated or not.
      wanted =
          tabular && settings.budget() instanceof AlarmBudget.PerTime ? wanted : settings.budget();
      number = settings.seed();
      layers = settings.retrain().layers();
    }
    Model given = model == null ? null : SnapshotFile.read(model);
    if (given != null) {
      Map<String, String> made = given.provenance().ground().settings();
      wanted = AlarmBudget.of(made.getOrDefault("alarms.budget", wanted.toString()));
    }
    return new BacktestOptions(
        files,
        train,
        trainRows,
        parsed(Retraining::of, retrain),
        new Declared(
            declared.fields(),
            declared.ignore(),
            entity == null ? declared.entity() : entity,
            time == null ? declared.time() : time),
        label,
        tabular || (given != null && given.crowd() != null),
        scores,
        budget == null ? wanted : parsed(AlarmBudget::of, budget),
        seed == null ? number : seed,
        layers,
        given);
  }

  /** A file has neither keys nor partitions: all its rows are of one entity then. */
  private static Declared declared(Settings.Input input) {
    String entity = input.entity();
    boolean column = entity != null && EntityRule.of(entity) instanceof EntityRule.Path;
    return new Declared(input.fields(), input.ignore(), column ? entity : null, input.time());
  }

  private void checkFiles() {
    if (trainRows < 0) {
      throw new CommandFailure(
          Failures.USAGE, "--train-rows is '%d' but must be 0 or more".formatted(trainRows));
    }
    boolean learns = train != null || trainRows > 0 || !retrain.equals("never");
    if (model != null && (learns || budget != null || tabular)) {
      throw new CommandFailure(
          Failures.USAGE,
          "--model is given beside --train, --train-rows, --retrain, --budget or --tabular, but a model brings all of these and nothing is learned. Take them out.");
    }
    for (Path file : files) {
      GivenFiles.require(file);
    }
    GivenFiles.require(train);
    List<Path> read = new ArrayList<>(files);
    read.add(train);
    GivenFiles.refuseOverwriting("--scores", scores, read);
    read.add(scores);
    GivenFiles.refuseOverwriting("--report", report, read);
  }

  private static <T> T parsed(Function<String, T> reader, String text) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException refused) {
      throw new CommandFailure(Failures.USAGE, String.valueOf(refused.getMessage()));
    }
  }
}
