package io.kelbo.cli;

import io.kelbo.model.Model;
import io.kelbo.model.Snapshots;
import io.kelbo.model.UnreadableSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model as {@code kelbo model export} wrote it. */
final class SnapshotFile {
  private SnapshotFile() {}

  /**
   * @throws CommandFailure if there is no such file, or no model in it
   */
  static Model read(Path file) {
    try {
      return Snapshots.read(Files.readAllBytes(file));
    } catch (UnreadableSnapshot unreadable) {
      throw new CommandFailure(
          Failures.USAGE,
          "--model is '%s' but holds no model that can be read: %s. Name a file that 'kelbo model export' wrote."
              .formatted(file, unreadable.getMessage()));
    } catch (IOException absent) {
      throw new CommandFailure(
          Failures.USAGE,
          "--model is '%s' but that file cannot be read (%s). Name a file that 'kelbo model export' wrote."
              .formatted(file, absent.getClass().getSimpleName()));
    }
  }
}
