package io.kelbo.cli;

import io.kelbo.broker.BrokerUnavailable;
import io.kelbo.format.SchemaUnavailable;
import io.kelbo.service.ServiceFailure;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.Unreachable;
import java.io.PrintWriter;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What a user sees of a failure: one sentence on standard error, and the exit code. */
final class Failures {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int NOT_REACHABLE = 3;

  private Failures() {}

  static int usage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(name + ": " + wrong.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.println("See '%s --help'.".formatted(name));
    }
    return USAGE;
  }

  /** Runs a command; too little memory for what it was asked is a sentence, too. */
  static int run(ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (OutOfMemoryError full) {
      ParseResult last = parsed;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      PrintWriter err = parsed.commandSpec().commandLine().getErr();
      err.println(
          "%s: %d MB of memory are too few for this (%s). Give more, such as KELBO_OPTS=-Xmx8g, or smaller files."
              .formatted(
                  last.commandSpec().qualifiedName(),
                  Runtime.getRuntime().maxMemory() >> 20,
                  full.getMessage()));
      err.flush();
      return FAILED;
    }
  }

  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + sentence(failure));
    Kelbo kelbo = (Kelbo) command.getCommandSpec().root().userObject();
    if (kelbo.debug) {
      failure.printStackTrace(err);
    } else if (!foreseen(failure)) {
      err.println("Run it again with --debug to see where this comes from.");
    }
    err.flush();
    return code(failure);
  }

  static int code(Exception failure) {
    if (failure instanceof CommandFailure known) {
      return known.code();
    }
    if (failure instanceof SettingsProblems || failure instanceof ConfigException) {
      return USAGE;
    }
    return failure instanceof Unreachable || failure instanceof SchemaUnavailable
        ? NOT_REACHABLE
        : FAILED;
  }

  private static String sentence(Exception failure) {
    String message = failure.getMessage();
    if (foreseen(failure) && message != null) {
      return message;
    }
    return "this was not foreseen: %s%s"
        .formatted(failure.getClass().getSimpleName(), message == null ? "" : ": " + message);
  }

  private static boolean foreseen(Exception failure) {
    return failure instanceof CommandFailure
        || failure instanceof SettingsProblems
        || failure instanceof ServiceFailure
        || failure instanceof BrokerUnavailable
        || failure instanceof SchemaUnavailable
        || failure instanceof ConfigException;
  }
}
