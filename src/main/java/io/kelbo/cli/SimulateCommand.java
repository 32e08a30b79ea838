package io.kelbo.cli;

import io.kelbo.demo.Simulation;
import io.kelbo.demo.SimulationOptions;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.SettingsReader;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kelbo simulate}. */
@Command(
    name = "simulate",
    description =
        "Feeds a topic with a simulated plant that breaks now and then, for trying things.")
final class SimulateCommand implements Callable<Integer> {
  /** Left of {@code stop.within}, to say what may be lost. */
  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "A Kafka without security, instead of the configuration's.")
  private @Nullable String bootstrap;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "plant.telemetry",
      description = "With --bootstrap: the topic (default: ${DEFAULT-VALUE}).")
  private String topic;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "60",
      description = "Records a second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Ends by itself after this, such as PT2M (default: at Ctrl-C).")
  private @Nullable Duration length;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of plant and faults (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    if (rate < 1 || rate > SimulationOptions.HIGHEST_RATE) {
      throw new ParameterException(
          spec.commandLine(),
          "--rate is '%d' but must be from 1 to %d records a second"
              .formatted(rate, SimulationOptions.HIGHEST_RATE));
    }
    Settings settings = bootstrap == null ? config.settings() : plain(bootstrap, topic);
    if (settings.input().topic().several()) {
      throw new CommandFailure(
          Failures.USAGE,
          "%s is '%s' but 'simulate' writes to one topic. Name it with --bootstrap and --topic."
              .formatted(settings.input().topic().key(), settings.input().topic()));
    }
    Duration within = settings.life().stopWithin();
    try (Ending ending = Ending.atSignal(within)) {
      try (Cluster cluster = Cluster.connect(settings)) {
        cluster.facts(); // refuses with a sentence where Kafka does not answer
      }
      Simulation simulation =
          new Simulation(new SimulationOptions(length, rate, seed), spec.commandLine().getOut());
      ending.flushing(() -> simulation.end(within.minus(LAST_WORD)));
      simulation.run(settings);
      return Failures.DONE;
    }
  }

  private static Settings plain(String bootstrap, String topic) throws SettingsProblems {
    String yaml =
        "kafka: { bootstrap.servers: '%s' }\ninput: { topic: '%s' }\n"
            .formatted(bootstrap.replace("'", "''"), topic.replace("'", "''"));
    return new SettingsReader().read(yaml, "--bootstrap and --topic");
  }
}
