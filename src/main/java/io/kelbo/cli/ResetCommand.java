package io.kelbo.cli;

import io.kelbo.service.AccessRights;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kelbo reset}: forgets what was learned; never touches the input. */
@Command(
    name = "reset",
    description = "Forgets models, samples, state and offsets; the next run starts anew.")
final class ResetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private Answer answer;

  @Option(names = "--yes", description = "Does it; without, it says what would be deleted.")
  private boolean yes;

  @Option(
      names = "--outputs",
      description = "Deletes anomalies, verdicts, imputed, predictions and dead letters, too.")
  private boolean outputs;

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    Topics topics = new Topics(settings.name(), settings.input().topic());
    try (Cluster cluster = Cluster.connect(settings)) {
      requireRights(cluster, topics);
      List<String> groups = groups(cluster, topics);
      TreeSet<String> doomed = topics(cluster, topics);
      List<Path> folders =
          Stream.of(topics.scoring(), topics.training())
              .map(settings.stateDir()::resolve)
              .filter(Files::isDirectory)
              .toList();
      if (yes) {
        cluster.got(cluster.admin().deleteConsumerGroups(groups).all());
        cluster.got(cluster.admin().deleteTopics(doomed).all());
        folders.forEach(ResetCommand::delete);
      }
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("done", yes);
      facts.put("groups", groups);
      facts.put("topics", doomed);
      facts.put("folders", folders.stream().map(Path::toString).toList());
      answer.give(
          spec,
          facts,
          out -> {
            out.println(yes ? "Deleted:" : "This would be deleted:");
            groups.forEach(group -> out.println("  offsets of group " + group));
            doomed.forEach(topic -> out.println("  topic " + topic));
            folders.forEach(folder -> out.println("  folder " + folder));
            if (groups.isEmpty() && doomed.isEmpty() && folders.isEmpty()) {
              out.println("  nothing; there was nothing to forget");
            }
            out.println("State on other machines is not: empty 'state.dir' there before they run.");
          });
      if (!yes) {
        throw new CommandFailure(
            Failures.USAGE, "nothing was deleted; add --yes if this is what you want");
      }
      return Failures.DONE;
    }
  }

  /** All of them before anything is deleted: half forgotten would be worse than not at all. */
  private void requireRights(Cluster cluster, Topics topics) throws InterruptedException {
    Set<String> purposes =
        outputs
            ? Set.of(AccessRights.RESET, AccessRights.RESET_OUTPUTS)
            : Set.of(AccessRights.RESET);
    try {
      List<String> missing = AccessRights.missing(cluster.admin(), topics, purposes);
      if (!missing.isEmpty()) {
        throw new CommandFailure(Failures.FAILED, String.join("; ", missing));
      }
    } catch (ExecutionException failed) {
      throw cluster.failed(failed);
    }
  }

  private static List<String> groups(Cluster cluster, Topics topics) throws InterruptedException {
    List<String> groups = new ArrayList<>();
    for (String group : List.of(topics.scoring(), topics.training())) {
      if (cluster.active(group)) {
        throw new CommandFailure(
            Failures.FAILED,
            "group '%s' is in use: an instance of 'kelbo run' is alive. Stop all of them first; one that was killed is forgotten by Kafka after its session timeout."
                .formatted(group));
      }
      if (cluster.groupState(group) != null) {
        groups.add(group);
      }
    }
    return groups;
  }

  private TreeSet<String> topics(Cluster cluster, Topics topics) throws InterruptedException {
    Set<String> ours = new HashSet<>(topics.learned());
    // By their full names: another Kelbo may be called 'kelbo-train-2'.
    ours.addAll(topics.internal());
    if (outputs) {
      ours.addAll(topics.answers());
    }
    TreeSet<String> doomed = new TreeSet<>();
    for (String topic : cluster.topics()) {
      // The input is never ours, whatever its name.
      if (ours.contains(topic) && !topics.watches(topic)) {
        doomed.add(topic);
      }
    }
    return doomed;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException stuck) {
      throw new CommandFailure(
          Failures.FAILED,
          "folder '%s' cannot be deleted (%s). Delete it by hand before the next run."
              .formatted(folder, stuck.getMessage()));
    }
  }
}
