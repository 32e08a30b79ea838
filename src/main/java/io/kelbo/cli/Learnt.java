package io.kelbo.cli;

import io.kelbo.backtest.TableRows;
import io.kelbo.latent.LatentSpace;
import io.kelbo.table.BadTable;
import java.nio.file.Path;

/** A latent space learned from a table, with failures as sentences. */
final class Learnt {
  private Learnt() {}

  static LatentSpace from(Path file, TableRows table, long seed) {
    try {
      return LatentSpace.learn(table.layout().fields(), table.rows(), seed);
    } catch (IllegalArgumentException | ArithmeticException unfit) {
      throw new CommandFailure(Failures.USAGE, "%s: %s".formatted(file, unfit.getMessage()));
    }
  }

  static CommandFailure refused(BadTable bad) {
    return new CommandFailure(Failures.USAGE, String.valueOf(bad.getMessage()));
  }
}
