package io.kelbo.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command line: names the commands, turns failures into one sentence and an exit code. */
@Command(
    name = "kelbo",
    versionProvider = Kelbo.Version.class,
    description = "Watches Kafka topics: finds anomalies, says why, fills what is missing.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CheckCommand.class,
      StatusCommand.class,
      HealthCommand.class,
      BacktestCommand.class,
      ImputeCommand.class,
      PredictCommand.class,
      GenerateCommand.class,
      RankCommand.class,
      EmbedCommand.class,
      ExploreCommand.class,
      ModelCommand.class,
      FeedbackCommand.class,
      RulesCommand.class,
      TopicsCommand.class,
      ReplayCommand.class,
      BrokerCommand.class,
      SimulateCommand.class,
      ResetCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 not reachable.",
      "Begin with: bin/kelbo demo"
    })
public final class Kelbo {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Logs in detail, and shows where a failure comes from.")
  boolean debug;

  public static void main(String[] arguments) {
    Logging.choose(arguments);
    System.exit(commandLine().execute(arguments));
  }

  /** The command line without a process around it. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Kelbo());
    line.setExpandAtFiles(false);
    line.registerConverter(Duration.class, Kelbo::duration);
    line.registerConverter(Instant.class, Kelbo::instant);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionStrategy(Failures::run);
    line.setParameterExceptionHandler(Failures::usage);
    line.setExecutionExceptionHandler(Failures::failed);
    return line;
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException refused) {
      throw new TypeConversionException(
          "'%s' is not a duration such as PT2M (two minutes)".formatted(text));
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException refused) {
      throw new TypeConversionException(
          "'%s' is not a time such as 2026-11-22T08:00:00Z".formatted(text));
    }
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version =
          Optional.ofNullable(Kelbo.class.getPackage().getImplementationVersion())
              .orElse("development");
      return new String[] {
        "kelbo %s (Java %s, %s %s)"
            .formatted(
                version,
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch").toLowerCase(Locale.ROOT))
      };
    }
  }
}
