package io.kelbo.cli;

import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.SettingsReader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config}, for every command that needs the cluster. */
final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "kelbo.yaml",
      description = "The configuration (default: ${DEFAULT-VALUE}).")
  private Path file;

  Path file() {
    return file;
  }

  /**
   * @throws SettingsProblems if anything is wrong with it
   */
  Settings settings() throws SettingsProblems {
    return new SettingsReader().read(file);
  }
}
