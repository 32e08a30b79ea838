package io.kelbo.cli;

import io.kelbo.demo.Demo;
import io.kelbo.demo.DemoOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kelbo demo}. */
@Command(
    name = "demo",
    description =
        "Shows it all in one process: a Kafka broker, a simulated plant that breaks, the detector.")
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Ends by itself after this, such as PT2M (default: at Ctrl-C).")
  private @Nullable Duration length;

  @Option(names = "--json", description = "Prints one JSON object, the summary, as the last line.")
  private boolean json;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of plant, faults and detector (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    if (length != null && length.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--for is '%s' but must be a duration of a second or more, such as PT2M"
              .formatted(length));
    }
    return Demo.run(new DemoOptions(length, json, seed), spec.commandLine().getOut());
  }
}
