package io.kelbo.cli;

import io.kelbo.backtest.TableRows;
import io.kelbo.backtest.WholeFile;
import io.kelbo.explore.ExplorationPage;
import io.kelbo.explore.Picture;
import io.kelbo.latent.Exploration;
import io.kelbo.report.Page;
import io.kelbo.table.BadTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into the latent space of a table. */
@Command(
    name = "explore",
    description = "Shows in pictures what a model sees in a table, and how it works.",
    footer = {
      "",
      "Some dozen networks are learned from 2,000 rows at most: it takes seconds.",
      "docs/how-it-works.md walks through an example."
    })
final class ExploreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Answer answer;
  @Mixin private SeedOption seed;

  @Parameters(paramLabel = "FILE", description = "The table, CSV, plain or gzipped.")
  private Path file;

  @Option(
      names = "--report",
      paramLabel = "OUT.html",
      description = "Where to write a page with pictures that needs nothing else.")
  private @Nullable Path report;

  @Option(
      names = "--pictures",
      paramLabel = "FOLDER",
      description = "Where to write each picture as an SVG file.")
  private @Nullable Path pictures;

  @Override
  public Integer call() throws IOException {
    GivenFiles.require(file);
    requireTargets();
    try {
      TableRows table = TableRows.read(file, Set.of());
      Exploration seen = learned(table);
      if (report != null) {
        write("--report", report, ExplorationPage.of(String.valueOf(file.getFileName()), seen));
      }
      if (pictures != null) {
        for (Picture picture : ExplorationPage.pictures(seen)) {
          draw(pictures, picture);
        }
      }
      answer.give(spec, ExploreFindings.facts(seen), out -> ExploreFindings.print(seen, out));
      return Failures.DONE;
    } catch (BadTable bad) {
      throw Learnt.refused(bad);
    } catch (WholeFile.Unwritable refused) {
      throw new CommandFailure(Failures.FAILED, String.valueOf(refused.getMessage()));
    }
  }

  private Exploration learned(TableRows table) {
    try {
      return Exploration.of(table.layout().fields(), table.rows(), seed.value());
    } catch (IllegalArgumentException | ArithmeticException unfit) {
      throw new CommandFailure(Failures.USAGE, "%s: %s".formatted(file, unfit.getMessage()));
    }
  }

  /** Before the work, not after it. */
  private void requireTargets() {
    GivenFiles.refuseOverwriting("--report", report, List.of(file));
    Path folder = report == null ? null : report.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new CommandFailure(
          Failures.FAILED,
          "--report is '%s' but cannot be written. Name a file in a folder that exists."
              .formatted(report));
    }
    if (pictures != null && !Files.isDirectory(pictures)) {
      throw new CommandFailure(
          Failures.USAGE,
          "--pictures is '%s' but no such folder exists. Make it first.".formatted(pictures));
    }
  }

  private static void draw(Path folder, Picture picture) throws IOException {
    List<Picture.Drawing> drawings = picture.drawings();
    for (int i = 0; i < drawings.size(); i++) {
      String name = picture.id() + (drawings.size() == 1 ? "" : "-" + (i + 1)) + ".svg";
      write("--pictures", folder.resolve(name), Page.picture(drawings.get(i).svg()));
    }
  }

  private static void write(String option, Path target, String text) throws IOException {
    try (WholeFile whole = new WholeFile(option, target)) {
      whole.write(text);
      whole.finish();
    }
  }
}
