package io.kelbo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that a command line names: those to read must be there, those to write are no others. */
final class GivenFiles {
  private GivenFiles() {}

  static void refuseOverwriting(
      String option, @Nullable Path target, List<? extends @Nullable Path> others) {
    for (Path other : others) {
      if (target != null && other != null && place(target).equals(place(other))) {
        throw new CommandFailure(
            Failures.USAGE,
            "%s is '%s' but that file is used already. Name another.".formatted(option, target));
      }
    }
  }

  /** Where a file is or would be, symbolic links followed. */
  private static Path place(Path file) {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    try {
      if (Files.exists(whole)) {
        return whole.toRealPath();
      }
      return folder == null ? whole : folder.toRealPath().resolve(whole.getFileName());
    } catch (IOException unreachable) {
      return whole.normalize(); // it cannot be written either, which is said then
    }
  }

  /** Refuses what is no file, before it is read. */
  static void require(@Nullable Path file) {
    if (file != null && !Files.isRegularFile(file)) {
      throw new CommandFailure(
          Failures.USAGE,
          "the file '%s' %s. Name a CSV file, plain or gzipped."
              .formatted(file, Files.exists(file) ? "is a folder" : "does not exist"));
    }
  }
}
