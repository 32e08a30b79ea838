package io.kelbo.cli;

import io.kelbo.service.Replay;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.topology.Topics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kelbo replay}: dead letters back into the input topic, each at most once. */
@Command(
    name = "replay",
    description = "Moves dead letters back into the input topic; says first what it would move.")
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private Answer answer;

  @Option(
      names = "--reason",
      paramLabel = "R",
      description = "Only those of this reason, such as wrong_type.")
  private @Nullable String reason;

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Only those set aside at or after this time, such as 2026-11-22T08:00:00Z.")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "T", description = "Only those set aside before this time.")
  private @Nullable Instant to;

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "10000",
      description = "No more than this many (default: ${DEFAULT-VALUE}).")
  private long max;

  @Option(names = "--yes", description = "Does it; without, it says what would be moved.")
  private boolean yes;

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    Topics topics = new Topics(settings.name(), settings.input().topic());
    try (Cluster cluster = Cluster.connect(settings)) {
      new Inputs(cluster, settings).require();
      if (cluster.absent(topics.deadLetters())) {
        throw new CommandFailure(
            Failures.USAGE,
            "topic '%s' does not exist: nothing was ever set aside under this name. Check 'name', or make it with 'kelbo topics --apply'."
                .formatted(topics.deadLetters()));
      }
    }
    Replay replay = new Replay(settings, new Replay.Choice(reason, from, to, max));
    Replay.Account account = yes ? replay.run() : replay.rehearse();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("done", yes);
    facts.put("moved", account.moved());
    facts.put("chosen", account.chosen());
    facts.put("passed_over", account.passedOver());
    facts.put("examples", account.examples());
    answer.give(
        spec,
        facts,
        out -> {
          out.printf(
              "%s '%s' to '%s':%n",
              yes ? "Moved from" : "Would be moved from", topics.deadLetters(), topics.input());
          if (account.chosen().isEmpty()) {
            out.println("  none");
          }
          account.chosen().forEach((why, count) -> out.printf("  %,8d  %s%n", count, why));
          account.passedOver().forEach((why, n) -> out.printf("  %,8d  left: %s%n", n, why));
          account.examples().forEach(example -> out.println("  for example " + example));
          if (!yes) {
            out.println("Nothing was moved; add --yes if this is what you want.");
          }
        });
    return Failures.DONE;
  }
}
