package io.kelbo.cli;

import io.kelbo.broker.BrokerRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kelbo broker}. */
@Command(
    name = "broker",
    description = "Runs a Kafka broker on this machine, for trying things. Ctrl-C ends it.")
final class BrokerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "" + BrokerRun.DEFAULT_PORT,
      description = "Its port on 127.0.0.1; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where its data stays (default: a temporary folder, deleted at the end).")
  private @Nullable Path dir;

  @Override
  public Integer call() {
    if (port < 0 || port > 65_535) {
      throw new CommandFailure(
          Failures.USAGE, "--port is '%d' but must be from 0 to 65535".formatted(port));
    }
    return BrokerRun.run(port, dir, spec.commandLine().getOut());
  }
}
