package io.kelbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.topology.Control;
import io.kelbo.topology.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kelbo model train} and {@code freeze}: what people want of training. */
final class TrainingCommands {
  private TrainingCommands() {}

  @Command(name = "train", description = "Has a challenger trained now, and judged as always.")
  static final class Train implements java.util.concurrent.Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ConfigOption config;
    @Mixin private SegmentOption segment;
    @Mixin private Answer answer;

    @Option(names = "--wait", description = "Waits for the outcome, which is printed.")
    private boolean waits;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the request.")
    private @Nullable String reason;

    @Override
    public Integer call() throws SettingsProblems, InterruptedException {
      Settings settings = config.settings();
      requireTopics(settings);
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("action", Control.Action.TRAIN.word());
      if (!waits) {
        ControlWriter.write(settings, segment.name(), Control.Action.TRAIN, reason);
        answer.give(
            spec, facts, out -> out.println("A training was asked for; 'kelbo status' says more."));
        return Failures.DONE;
      }
      Duration patience = settings.retrain().timeout().plusMinutes(1);
      try (LifecycleTail tail = LifecycleTail.open(settings)) {
        ControlWriter.write(settings, segment.name(), Control.Action.TRAIN, reason);
        JsonNode event =
            tail.await(
                each ->
                    each.path("segment").asText().equals(segment.name())
                        && each.path("cause").asText().equals("demand"),
                patience);
        if (event == null) {
          throw new CommandFailure(
              Failures.FAILED,
              "no training ended within '%s': is an instance with the role 'train' running? 'kelbo status' says."
                  .formatted(patience));
        }
        facts.put("event", event.path("event").asText());
        facts.put("version", event.has("version") ? event.get("version").asInt() : null);
        facts.put("why", event.path("reason").asText());
        answer.give(
            spec, facts, out -> out.printf("%s: %s%n", facts.get("event"), facts.get("why")));
        return event.path("event").asText().equals("failed") ? Failures.FAILED : Failures.DONE;
      }
    }
  }

  @Command(
      name = "freeze",
      description = "From now on nothing is promoted by itself; trainings go on being judged.")
  static final class Freeze implements java.util.concurrent.Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ConfigOption config;
    @Mixin private SegmentOption segment;
    @Mixin private Answer answer;

    @Option(names = "--off", description = "Promotes winners again.")
    private boolean off;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the event.")
    private @Nullable String reason;

    @Override
    public Integer call() throws SettingsProblems, InterruptedException {
      Settings settings = config.settings();
      requireTopics(settings);
      Control.Action action = off ? Control.Action.UNFREEZE : Control.Action.FREEZE;
      ControlWriter.write(settings, segment.name(), action, reason);
      answer.give(
          spec,
          Map.of("action", action.word()),
          out ->
              out.println(
                  off
                      ? "Winners will be promoted again."
                      : "Models are frozen: winners are published and do not score until"
                          + " 'kelbo model promote'."));
      return Failures.DONE;
    }
  }

  private static void requireTopics(Settings settings) throws InterruptedException {
    Cluster.require(settings, new Topics(settings.name(), settings.input().topic()).control());
  }
}
