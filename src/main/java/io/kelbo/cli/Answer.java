package io.kelbo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code --json}: the same facts for people or for machines. */
final class Answer {
  @Option(names = "--json", description = "Prints one JSON object instead of text.")
  private boolean json;

  boolean json() {
    return json;
  }

  /**
   * @param facts what the JSON object holds: maps, lists, texts, numbers, times as text
   * @param text writes the same for people
   */
  void give(CommandSpec command, Map<String, ?> facts, Consumer<PrintWriter> text) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(asJson(facts));
    } else {
      text.accept(out);
    }
    out.flush();
  }

  /** The same, for people as one line a fact. */
  void give(CommandSpec command, Map<String, ?> facts) {
    give(
        command, facts, out -> facts.forEach((name, value) -> out.printf("%s: %s%n", name, value)));
  }

  private static String asJson(Map<String, ?> facts) {
    try {
      return new ObjectMapper().writeValueAsString(facts);
    } catch (JsonProcessingException cannotHappen) {
      throw new IllegalStateException(cannotHappen);
    }
  }
}
