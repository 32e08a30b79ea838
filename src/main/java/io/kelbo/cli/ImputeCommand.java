package io.kelbo.cli;

import io.kelbo.backtest.DoubtedCells;
import io.kelbo.impute.Completed;
import io.kelbo.impute.Imputation;
import io.kelbo.impute.ImputeOptions;
import io.kelbo.table.BadTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fills the holes of a table. */
@Command(
    name = "impute",
    description = "Fills the holes of a table, with their uncertainty.",
    footer = {
      "",
      "Holes are empty cells, NaN and null. All else stays as it is, to the byte. Without --out the"
          + " table goes to standard output, with --json a summary instead."
    })
final class ImputeCommand implements Callable<Integer> {
  private static final double MOST = 0.1;

  @Spec private CommandSpec spec;
  @Mixin private Answer answer;
  @Mixin private TableOut out;
  @Mixin private SeedOption seed;

  @Parameters(
      paramLabel = "FILE",
      description = "The table, plain or gzipped. The first line names the columns.")
  private Path file;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "Learn from this table, which has the same columns (default: from FILE itself).")
  private @Nullable Path train;

  @Option(
      names = "--uncertainty",
      description = "Add a column NAME__sd for each: the standard deviation of filled numbers.")
  private boolean uncertainty;

  @Option(
      names = "--repair",
      paramLabel = "LEVEL",
      description =
          "Count a value as a hole where it is less likely than this given the rest of its row, such"
              + " as 0.0001.")
  private @Nullable Double repair;

  @Override
  public Integer call() {
    GivenFiles.require(file);
    GivenFiles.require(train);
    out.require(file, train);
    if (repair != null && !(repair > 0 && repair <= MOST)) {
      throw new CommandFailure(
          Failures.USAGE,
          "--repair is '%s' but must be a probability above 0 and up to %s, such as 0.0001"
              .formatted(repair, MOST));
    }
    try {
      List<DoubtedCells.Cell> doubted = doubted();
      List<ImputeOptions.Place> places =
          doubted.stream().map(c -> new ImputeOptions.Place(c.row(), c.column())).toList();
      Completed completed =
          Imputation.run(
              new ImputeOptions(file, train, seed.value(), places, uncertainty), this::progress);
      progress("");
      ImputeFindings findings = new ImputeFindings(completed, repair == null ? null : doubted);
      out.<RuntimeException, RuntimeException>give(
          answer,
          completed::write,
          () -> answer.give(spec, findings.facts(), writer -> findings.print(out.path(), writer)));
      return Failures.DONE;
    } catch (BadTable unusable) {
      throw new CommandFailure(Failures.USAGE, String.valueOf(unusable.getMessage()));
    }
  }

  private List<DoubtedCells.Cell> doubted() throws BadTable {
    if (repair == null) {
      return List.of();
    }
    progress("looking for wrong values");
    return DoubtedCells.find(file, train, repair, seed.value());
  }

  private void progress(String what) {
    if (ProgressLine.wanted(answer.json())) {
      PrintWriter err = spec.commandLine().getErr();
      err.print("\r%-40s\r%s".formatted("", what));
      err.flush();
    }
  }
}
