package io.kelbo.cli;

import io.kelbo.model.ModelId;
import picocli.CommandLine.Option;

/** {@code --segment}, for commands about the models of one. */
final class SegmentOption {
  @Option(
      names = "--segment",
      paramLabel = "NAME",
      defaultValue = ModelId.DEFAULT_SEGMENT,
      description = "Whose models, where 'segment' is configured (default: ${DEFAULT-VALUE}).")
  private String name;

  String name() {
    return name;
  }
}
