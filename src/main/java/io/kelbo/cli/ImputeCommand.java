package io.kelbo.cli;

import io.kelbo.impute.Completed;
import io.kelbo.impute.Imputation;
import io.kelbo.impute.ImputeOptions;
import io.kelbo.impute.UnusableTable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
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
  @Spec private CommandSpec spec;
  @Mixin private Answer answer;

  @Parameters(
      paramLabel = "FILE",
      description = "The table, plain or gzipped. The first line names the columns.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "OUT.csv",
      description = "Where to write the table; gzipped if the name ends in .gz.")
  private @Nullable Path out;

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
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    requireFile(file);
    if (train != null) {
      requireFile(train);
    }
    requireFolder();
    try {
      Completed completed = Imputation.run(new ImputeOptions(file, train, seed), this::progress);
      progress("");
      if (out != null) {
        writeBeside(completed, out);
      } else if (!answer.json()) {
        // Bytes, not characters: the table's encoding is its own.
        completed.write(System.out, uncertainty);
      }
      if (out != null || answer.json()) {
        answer.give(
            spec,
            ImputeFindings.facts(completed),
            writer -> ImputeFindings.print(completed, out, writer));
      }
      return Failures.DONE;
    } catch (UnusableTable unusable) {
      throw new CommandFailure(Failures.USAGE, String.valueOf(unusable.getMessage()));
    } catch (IOException unwritable) {
      throw new CommandFailure(
          Failures.FAILED,
          "--out is '%s' but cannot be written (%s). Name a file in a folder that exists."
              .formatted(out, unwritable.getClass().getSimpleName()));
    }
  }

  private void progress(String what) {
    if (System.console() != null && !answer.json()) {
      PrintWriter err = spec.commandLine().getErr();
      err.print("\r%-40s\r%s".formatted("", what));
      err.flush();
    }
  }

  /** Nothing is left behind unless all of it was written. */
  private void writeBeside(Completed completed, Path target) throws IOException, UnusableTable {
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try {
      boolean gzip = String.valueOf(target.getFileName()).endsWith(".gz");
      try (OutputStream plain = Files.newOutputStream(partial);
          OutputStream bytes = gzip ? new GZIPOutputStream(plain) : plain) {
        completed.write(bytes, uncertainty);
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Before the work, not after it. */
  private void requireFolder() {
    if (out == null) {
      return;
    }
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
      throw new CommandFailure(
          Failures.FAILED,
          "--out is '%s' but cannot be written. Name a file in a folder that exists."
              .formatted(out));
    }
  }

  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(
          Failures.USAGE,
          "the file '%s' %s. Name a CSV file, plain or gzipped."
              .formatted(file, Files.exists(file) ? "is a folder" : "does not exist"));
    }
  }
}
