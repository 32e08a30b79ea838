package io.kelbo.cli;

import io.kelbo.service.AccessRight;
import io.kelbo.service.AccessRights;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.TopicState;
import io.kelbo.service.TopicSurvey;
import io.kelbo.topology.Topics;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kelbo topics}: how our topics stand and what to change; with {@code --apply}, does it. */
@Command(
    name = "topics",
    description = "Says how Kelbo's topics stand and what to change; --apply changes it.")
final class TopicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private Answer answer;

  @Option(names = "--apply", description = "Creates what is missing, alters what differs.")
  private boolean apply;

  @Option(
      names = "--acls",
      description = "Prints the rights that Kelbo needs, as kafka-acls commands; asks no cluster.")
  private boolean acls;

  @Option(
      names = "--principal",
      paramLabel = "NAME",
      defaultValue = "User:kelbo",
      description = "Whom --acls grants them to (default: ${DEFAULT-VALUE}).")
  private String principal;

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    if (acls) {
      return rights(settings);
    }
    try (Cluster cluster = Cluster.connect(settings)) {
      int partitions = Inputs.partitions(new Inputs(cluster, settings).found());
      TopicSurvey survey = survey(cluster, settings, partitions);
      List<String> done = List.of();
      if (apply) {
        done = applied(cluster, settings, survey, partitions);
        survey = survey(cluster, settings, partitions);
      }
      give(survey, done);
      return survey.problems().isEmpty() ? Failures.DONE : Failures.FAILED;
    }
  }

  static TopicSurvey survey(Cluster cluster, Settings settings, int partitions)
      throws InterruptedException {
    try {
      return TopicSurvey.of(cluster.admin(), settings, partitions);
    } catch (ExecutionException failed) {
      throw cluster.failed(failed);
    }
  }

  private static List<String> applied(
      Cluster cluster, Settings settings, TopicSurvey survey, int partitions)
      throws InterruptedException {
    try {
      List<String> missing = survey.missingToApply(cluster.admin(), settings);
      if (!missing.isEmpty()) {
        throw new CommandFailure(
            Failures.FAILED, String.join("; ", missing) + ". Nothing was changed.");
      }
      return survey.apply(cluster.admin(), settings, partitions);
    } catch (ExecutionException failed) {
      throw cluster.failed(failed);
    }
  }

  private void give(TopicSurvey survey, List<String> done) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Map<String, String> states = new LinkedHashMap<>();
    survey.topics().forEach(state -> states.put(state.topic(), state.summary()));
    facts.put("topics", states);
    facts.put("done", done);
    facts.put("problems", survey.problems());
    facts.put("advice", survey.advice());
    facts.put(
        "commands", survey.differences().stream().map(TopicState.Difference::command).toList());
    answer.give(
        spec,
        facts,
        out -> {
          states.forEach((topic, state) -> out.printf("  %-44s %s%n", topic, state));
          done.forEach(deed -> out.println("DONE     " + deed));
          print(out, survey.problems(), survey.advice());
          if (survey.differences().isEmpty() && survey.missingRights().isEmpty()) {
            out.println("Nothing is to be changed.");
          }
        });
  }

  static void print(PrintWriter out, List<String> problems, List<String> advice) {
    problems.forEach(problem -> out.println("PROBLEM  " + problem));
    advice.forEach(word -> out.println("ADVICE   " + word));
  }

  private int rights(Settings settings) {
    List<AccessRight> rights =
        AccessRights.of(
            new Topics(settings.name(), settings.input().topic()), settings.createTopics());
    Map<String, List<String>> byPurpose = new LinkedHashMap<>();
    rights.forEach(
        right ->
            byPurpose
                .computeIfAbsent(right.purpose(), purpose -> new java.util.ArrayList<>())
                .add(right.command(principal)));
    answer.give(
        spec,
        byPurpose,
        out ->
            byPurpose.forEach(
                (purpose, commands) -> {
                  out.println("# kelbo " + purpose);
                  commands.forEach(out::println);
                }));
    return Failures.DONE;
  }
}
