package io.kelbo.cli;

import io.kelbo.model.ModelId;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.service.ModelsReader;
import io.kelbo.service.ModelsReader.Published;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.topology.Champion;
import io.kelbo.topology.LifecycleEvent;
import io.kelbo.topology.ModelSnapshot;
import io.kelbo.topology.Topics;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kelbo model}: what was published, and which version scores. */
@Command(
    name = "model",
    description = "Lists and shows models, and chooses which one scores.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ExportCommand.class,
      TrainingCommands.Train.class,
      TrainingCommands.Freeze.class
    })
final class ModelCommand {
  static final String SEGMENT = ModelId.DEFAULT_SEGMENT;

  @Spec private CommandSpec spec;

  @Command(name = "list", description = "Lists the published models, newest first.")
  int list(@Mixin ConfigOption config, @Mixin Answer answer)
      throws SettingsProblems, InterruptedException {
    Published published = published(config.settings());
    Champion champion = published.champions().get(SEGMENT);
    List<ModelSnapshot> snapshots = published.of(SEGMENT);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("champion", champion == null ? null : champion.version());
    facts.put("models", snapshots.stream().map(ModelFacts::of).toList());
    answer.give(
        spec,
        facts,
        out -> {
          if (snapshots.isEmpty()) {
            out.println("There is no model yet. 'kelbo status' says why.");
            return;
          }
          out.printf("%-9s%-17s%10s  %s%n", "version", "method", "records", "trained at");
          for (ModelSnapshot snapshot : snapshots) {
            int version = snapshot.id().version();
            boolean scores = champion != null && champion.version() == version;
            out.printf(
                "%-9d%-17s%,10d  %s%s%n",
                version,
                snapshot.method(),
                snapshot.records(),
                snapshot.createdAt(),
                scores ? "  champion" : "");
          }
        });
    return Failures.DONE;
  }

  @Command(name = "show", description = "Shows one model: where it comes from, what it knows.")
  int show(
      @Mixin ConfigOption config,
      @Mixin Answer answer,
      @Parameters(paramLabel = "VERSION", arity = "0..1", description = "Default: the champion.")
          @Nullable Integer version)
      throws SettingsProblems, InterruptedException {
    Published published = published(config.settings());
    Champion champion = published.champions().get(SEGMENT);
    if (version == null && champion == null) {
      throw new CommandFailure(
          Failures.FAILED, "there is no champion yet; 'kelbo status' says why");
    }
    int wanted = version != null ? version : champion == null ? 0 : champion.version();
    Map<String, Object> facts = readable(snapshot(published, wanted));
    facts.put("champion", champion != null && champion.version() == wanted);
    answer.give(spec, facts, out -> print(out, facts));
    return Failures.DONE;
  }

  @Command(name = "promote", description = "Lets a version score from now on.")
  int promote(
      @Mixin ConfigOption config,
      @Mixin Answer answer,
      @Parameters(paramLabel = "VERSION", description = "As in 'model list'.") int version)
      throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    choose(settings, published(settings), version, LifecycleEvent.Kind.PROMOTED, answer);
    return Failures.DONE;
  }

  @Command(name = "rollback", description = "Lets the model before the champion score again.")
  int rollback(@Mixin ConfigOption config, @Mixin Answer answer)
      throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    Published published = published(settings);
    Champion champion = published.champions().get(SEGMENT);
    if (champion == null) {
      throw new CommandFailure(
          Failures.FAILED, "there is no champion yet, so nothing to go back from");
    }
    int before = before(published, champion.version());
    choose(settings, published, before, LifecycleEvent.Kind.ROLLED_BACK, answer);
    return Failures.DONE;
  }

  /** The champion's parent is what scored before it; if that is gone, the newest older one. */
  private static int before(Published published, int champion) {
    List<Integer> versions =
        published.of(SEGMENT).stream().map(snapshot -> snapshot.id().version()).toList();
    ModelSnapshot snapshot = published.champion(SEGMENT);
    Integer parent = snapshot == null ? null : snapshot.parent();
    if (parent != null && versions.contains(parent)) {
      return parent;
    }
    return versions.stream()
        .filter(version -> version < champion)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    Failures.FAILED,
                    "version %d is the oldest model there is, so nothing to go back to"
                        .formatted(champion)));
  }

  private void choose(
      Settings settings,
      Published published,
      int version,
      LifecycleEvent.Kind kind,
      Answer answer) {
    Champion champion = published.champions().get(SEGMENT);
    Integer before = champion == null ? null : (Integer) champion.version();
    readable(snapshot(published, version));
    boolean changed = before == null || before != version;
    if (changed) {
      ChampionWriter.write(settings, new ModelId(SEGMENT, version), kind);
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("champion", version);
    facts.put("before", before);
    facts.put("changed", changed);
    answer.give(
        spec,
        facts,
        out ->
            out.println(
                changed
                    ? "Version %d scores from now on; before, it was %s."
                        .formatted(version, before == null ? "none" : "version " + before)
                    : "Version %d scores already; nothing was changed.".formatted(version)));
  }

  static Published published(Settings settings) throws InterruptedException {
    Cluster.require(settings, new Topics(settings.name(), settings.input().topic()).models());
    return ModelsReader.read(settings);
  }

  static ModelSnapshot snapshot(Published published, int version) {
    return published.of(SEGMENT).stream()
        .filter(snapshot -> snapshot.id().version() == version)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    Failures.FAILED,
                    "VERSION is '%d' but must be one of %s"
                        .formatted(
                            version,
                            published.of(SEGMENT).stream().map(s -> s.id().version()).toList())));
  }

  private static Map<String, Object> readable(ModelSnapshot snapshot) {
    try {
      return ModelFacts.of(snapshot, snapshot.model());
    } catch (UnreadableSnapshot corrupt) {
      throw new CommandFailure(
          Failures.FAILED,
          "version %d cannot be read: %s".formatted(snapshot.id().version(), corrupt.getMessage()));
    }
  }

  private static void print(PrintWriter out, Map<String, Object> facts) {
    facts.forEach(
        (name, fact) -> {
          if (fact instanceof Map<?, ?> map) {
            out.println(name);
            map.forEach((key, value) -> out.printf("  %-28s%s%n", key, value));
          } else {
            out.printf("%-14s%s%n", name, fact == null ? "none" : fact);
          }
        });
  }
}
