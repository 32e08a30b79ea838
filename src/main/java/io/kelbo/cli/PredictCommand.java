package io.kelbo.cli;

import io.kelbo.impute.PredictOptions;
import io.kelbo.impute.Predicted;
import io.kelbo.impute.Prediction;
import io.kelbo.table.BadTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Predicts one column of a table from the others. */
@Command(
    name = "predict",
    description = "Predicts a column: a number with its interval, or the chances of each class.",
    footer = {
      "",
      "Without --train it learns from the rows that know the column, and predicts it for the others."
          + " The table comes back as it was, with columns added; without --out on standard output,"
          + " with --json a summary instead."
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Answer answer;
  @Mixin private TableOut out;
  @Mixin private SeedOption seed;

  @Parameters(paramLabel = "FILE", description = "The table, CSV, plain or gzipped.")
  private Path file;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      required = true,
      description = "The column to predict.")
  private String target;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Learn from this table, which has the same columns and the target.")
  private @Nullable Path train;

  @Option(
      names = "--classes",
      description = "The target's numbers are names of classes (0 and 1 always are).")
  private boolean named;

  @Override
  public Integer call() {
    GivenFiles.require(file);
    GivenFiles.require(train);
    out.require(file, train);
    try {
      Predicted predicted =
          Prediction.run(new PredictOptions(file, train, target, named, seed.value()), what -> {});
      out.<RuntimeException, RuntimeException>give(
          answer,
          predicted::write,
          () -> answer.give(spec, predicted.facts(), writer -> print(predicted.facts(), writer)));
      return Failures.DONE;
    } catch (BadTable unusable) {
      throw new CommandFailure(Failures.USAGE, String.valueOf(unusable.getMessage()));
    }
  }

  private void print(Map<String, Object> facts, PrintWriter writer) {
    writer.printf(
        "%s of %s rows predicted from %s columns.%n",
        facts.get("predicted"), facts.get("rows"), facts.get("told_by"));
    writer.printf("Not used: %s.%n", facts.get("not_used"));
    writer.printf("Models by weight: %s.%n", figures(facts.get("weights")));
    writer.printf("On held-out rows: %s.%n", figures(facts.get("held_out")));
    if (facts.containsKey("known")) {
      writer.printf("On rows that know the answer: %s.%n", figures(facts.get("known")));
    }
    writer.printf("The table is in %s.%n", out.path());
  }

  private static String figures(@Nullable Object figures) {
    return figures instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .map(
                e ->
                    e.getValue() instanceof Double number
                        ? "%s %.4g".formatted(e.getKey(), number)
                        : "%s %s".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "))
        : "";
  }
}
