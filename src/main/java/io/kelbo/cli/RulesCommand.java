package io.kelbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.model.Rule;
import io.kelbo.service.RulesReader;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.topology.RuleJson;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kelbo rules}: when not to alarm, and what is never normal. */
@Command(
    name = "rules",
    description = "Lists, puts and deletes rules: maintenance, direction, deviation, ranges.",
    synopsisSubcommandLabel = "COMMAND")
final class RulesCommand {
  @Spec private CommandSpec spec;

  @Command(name = "list", description = "Lists the rules on the topic, by id.")
  int list(@Mixin ConfigOption config, @Mixin Answer answer)
      throws SettingsProblems, InterruptedException {
    Map<String, Object> rules = new TreeMap<>();
    there(config.settings())
        .forEach((id, json) -> rules.put(id, new String(json, StandardCharsets.UTF_8)));
    answer.give(
        spec,
        Map.of("rules", rules),
        out -> {
          if (rules.isEmpty()) {
            out.println("There are no rules. 'kelbo rules put FILE' makes some.");
          }
          rules.values().forEach(out::println);
        });
    return Failures.DONE;
  }

  @Command(name = "put", description = "Puts the rules of a file in use, each under its id.")
  int put(
      @Mixin ConfigOption config,
      @Mixin Answer answer,
      @Parameters(paramLabel = "FILE", description = "A JSON object or an array of them; - reads.")
          String file)
      throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    Map<String, byte @Nullable []> words = new TreeMap<>();
    for (Rule rule : rules(file)) {
      words.put(rule.id(), RuleJson.write(rule));
    }
    Cluster.require(settings, topic(settings));
    WordWriter.write(settings, topic(settings), words);
    answer.give(
        spec,
        Map.of("put", List.copyOf(words.keySet())),
        out -> out.println("In use: " + String.join(", ", words.keySet())));
    return Failures.DONE;
  }

  @Command(name = "delete", description = "Ends a rule.")
  int delete(
      @Mixin ConfigOption config,
      @Mixin Answer answer,
      @Parameters(paramLabel = "ID", description = "As in 'rules list'.") String id)
      throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    Map<String, byte[]> rules = there(settings);
    if (!rules.containsKey(id)) {
      throw new CommandFailure(
          Failures.FAILED, "ID is '%s' but must be one of %s".formatted(id, rules.keySet()));
    }
    Map<String, byte @Nullable []> words = new TreeMap<>();
    words.put(id, null);
    WordWriter.write(settings, topic(settings), words);
    answer.give(
        spec, Map.of("deleted", id), out -> out.println("Rule '%s' has ended.".formatted(id)));
    return Failures.DONE;
  }

  private static Map<String, byte[]> there(Settings settings) throws InterruptedException {
    Cluster.require(settings, topic(settings));
    return RulesReader.read(settings);
  }

  private static String topic(Settings settings) {
    return new Topics(settings.name(), settings.input().topic()).rules();
  }

  /** Every rule of a file, or every problem of it. */
  private static List<Rule> rules(String file) {
    byte[] bytes = bytes(file);
    ObjectMapper json = new ObjectMapper();
    List<Rule> rules = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    JsonNode tree;
    try {
      tree = json.readTree(bytes);
    } catch (IOException notJson) {
      throw new CommandFailure(
          Failures.USAGE, "'%s' is not JSON: %s".formatted(file, notJson.getMessage()));
    }
    for (JsonNode node : tree.isArray() ? tree : List.of(tree)) {
      try {
        rules.add(
            RuleJson.read(
                node.toString().getBytes(StandardCharsets.UTF_8),
                Instant.now(),
                System.getProperty("user.name")));
      } catch (IOException bad) {
        int nth = rules.size() + problems.size() + 1;
        for (String problem : String.valueOf(bad.getMessage()).split("; ", -1)) {
          problems.add("rule %d: %s".formatted(nth, problem));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new CommandFailure(
          Failures.USAGE, "nothing was put:%n%s".formatted(String.join("\n", problems)));
    }
    return rules;
  }

  private static byte[] bytes(String file) {
    try {
      return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    } catch (IOException | InvalidPathException unreadable) {
      throw new CommandFailure(
          Failures.USAGE,
          "FILE is '%s' but it cannot be read (%s): name a file with rules, or - for standard input"
              .formatted(file, unreadable));
    }
  }
}
