package io.kelbo.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is wanted for the life of one process. */
public final class TemporaryFolder {
  private TemporaryFolder() {}

  /** Creates an empty folder where the system keeps temporary files. */
  public static Path create(String prefix) {
    try {
      return Files.createTempDirectory(prefix);
    } catch (IOException refused) {
      throw new BrokerUnavailable(
          "no temporary folder could be created in '%s' (%s): free some space or set -Djava.io.tmpdir"
              .formatted(System.getProperty("java.io.tmpdir"), refused.getMessage()),
          refused);
    }
  }

  /** Deletes the folder and all in it. What is already gone is fine. */
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      throw new UncheckedIOException("folder '%s' was not deleted".formatted(folder), left);
    }
  }
}
