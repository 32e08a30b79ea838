package io.kelbo.cli;

import picocli.CommandLine.Option;

/** {@code --seed}, for every command that learns from a table. */
final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed (default: ${DEFAULT-VALUE}).")
  private long value;

  long value() {
    return value;
  }
}
