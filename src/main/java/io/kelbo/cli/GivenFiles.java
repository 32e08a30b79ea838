package io.kelbo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that a command line names: those to read must be there, those to write are no others. */
final class GivenFiles {
  private GivenFiles() {}

  static void refuseOverwriting(String option, @Nullable Path target, List<@Nullable Path> others) {
    for (Path other : others) {
      if (target != null && other != null && same(target, other)) {
        throw new CommandFailure(
            Failures.USAGE,
            "%s is '%s' but that file is used already. Name another.".formatted(option, target));
      }
    }
  }

  private static boolean same(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  static void require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(
          Failures.USAGE,
          "the file '%s' %s. Name CSV files, plain or gzipped."
              .formatted(file, Files.exists(file) ? "is a folder" : "does not exist"));
    }
  }
}
