package io.kelbo.cli;

import io.kelbo.model.Model;
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
import java.util.Set;
import java.util.TreeSet;
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
  @Spec private CommandSpec spec;

  @Command(name = "list", description = "Lists the published models, newest first.")
  int list(@Mixin ConfigOption config, @Mixin SegmentOption segment, @Mixin Answer answer)
      throws SettingsProblems, InterruptedException {
    Published published = published(config.settings());
    Champion champion = published.champions().get(segment.name());
    List<ModelSnapshot> snapshots = published.of(segment.name());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("champion", champion == null ? null : champion.version());
    facts.put("segments", segments(published));
    facts.put("models", snapshots.stream().map(ModelFacts::of).toList());
    answer.give(
        spec,
        facts,
        out -> {
          if (snapshots.isEmpty()) {
            out.println(
                published.champions().isEmpty()
                    ? "There is no model yet. 'kelbo status' says why."
                    : "There is no model of '%s'; there are some of %s."
                        .formatted(segment.name(), segments(published)));
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
      @Mixin SegmentOption segment,
      @Mixin Answer answer,
      @Parameters(paramLabel = "VERSION", arity = "0..1", description = "Default: the champion.")
          @Nullable Integer version)
      throws SettingsProblems, InterruptedException {
    Published published = published(config.settings());
    Champion champion = published.champions().get(segment.name());
    if (version == null && champion == null) {
      throw new CommandFailure(
          Failures.FAILED,
          "there is no champion of '%s'; there are some of %s, and 'kelbo status' says more"
              .formatted(segment.name(), segments(published)));
    }
    int wanted = version != null ? version : champion == null ? 0 : champion.version();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("segment", segment.name());
    facts.putAll(readable(snapshot(published, segment.name(), wanted)));
    facts.put("champion", champion != null && champion.version() == wanted);
    answer.give(spec, facts, out -> print(out, facts));
    return Failures.DONE;
  }

  @Command(name = "promote", description = "Lets a version score from now on.")
  int promote(
      @Mixin ConfigOption config,
      @Mixin SegmentOption segment,
      @Mixin Answer answer,
      @Parameters(paramLabel = "VERSION", description = "As in 'model list'.") int version)
      throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    ModelId id = new ModelId(segment.name(), Math.max(1, version));
    choose(settings, published(settings), id, LifecycleEvent.Kind.PROMOTED, answer);
    return Failures.DONE;
  }

  @Command(name = "rollback", description = "Lets the model before the champion score again.")
  int rollback(@Mixin ConfigOption config, @Mixin SegmentOption segment, @Mixin Answer answer)
      throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    Published published = published(settings);
    Champion champion = published.champions().get(segment.name());
    if (champion == null) {
      throw new CommandFailure(
          Failures.FAILED,
          "there is no champion of '%s', so nothing to go back from".formatted(segment.name()));
    }
    ModelId before = before(published, new ModelId(segment.name(), champion.version()));
    choose(settings, published, before, LifecycleEvent.Kind.ROLLED_BACK, answer);
    return Failures.DONE;
  }

  /** The champion's parent is what scored before it; if that is gone, the newest older one. */
  private static ModelId before(Published published, ModelId champion) {
    List<Integer> versions =
        published.of(champion.segment()).stream().map(one -> one.id().version()).toList();
    ModelSnapshot snapshot = published.champion(champion.segment());
    Integer parent = snapshot == null ? null : snapshot.parent();
    if (parent != null && versions.contains(parent)) {
      return new ModelId(champion.segment(), parent);
    }
    return versions.stream()
        .filter(version -> version < champion.version())
        .findFirst()
        .map(version -> new ModelId(champion.segment(), version))
        .orElseThrow(
            () ->
                new CommandFailure(
                    Failures.FAILED,
                    "version %d is the oldest model there is, so nothing to go back to"
                        .formatted(champion.version())));
  }

  private void choose(
      Settings settings, Published published, ModelId id, LifecycleEvent.Kind kind, Answer answer) {
    int version = id.version();
    Champion champion = published.champions().get(id.segment());
    Integer before = champion == null ? null : (Integer) champion.version();
    readable(snapshot(published, id.segment(), version));
    boolean changed = before == null || before != version;
    if (changed) {
      ChampionWriter.write(settings, id, kind);
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

  /**
   * The model that scores a segment.
   *
   * @throws CommandFailure if there is none, or it cannot be read
   */
  static Model champion(Settings settings, String segment) throws InterruptedException {
    ModelSnapshot snapshot = published(settings).champion(segment);
    try {
      if (snapshot != null) {
        return snapshot.model();
      }
    } catch (UnreadableSnapshot corrupt) {
      throw new CommandFailure(
          Failures.FAILED, "the champion cannot be read: %s".formatted(corrupt.getMessage()));
    }
    throw new CommandFailure(
        Failures.FAILED,
        "there is no champion of '%s' yet: 'kelbo status' says why".formatted(segment));
  }

  static Published published(Settings settings) throws InterruptedException {
    Cluster.require(settings, new Topics(settings.name(), settings.input().topic()).models());
    return ModelsReader.read(settings);
  }

  /** The segments that have a champion. */
  private static Set<String> segments(Published published) {
    return new TreeSet<>(published.champions().keySet());
  }

  static ModelSnapshot snapshot(Published published, String segment, int version) {
    return published.of(segment).stream()
        .filter(snapshot -> snapshot.id().version() == version)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    Failures.FAILED,
                    "VERSION is '%d' but must be one of %s"
                        .formatted(
                            version,
                            published.of(segment).stream().map(s -> s.id().version()).toList())));
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
