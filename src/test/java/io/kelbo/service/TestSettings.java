package io.kelbo.service;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.format.FormatSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings as a configuration of three lines would give them, from the beginning of the input; of
 * what waits nothing more is learned from, so that it does not matter when it was sent.
 */
final class TestSettings {
  private TestSettings() {}

  static Settings of(String bootstrap, Path stateDir) {
    return of(bootstrap, stateDir, Duration.ofMinutes(10), null);
  }

  static Settings of(
      String bootstrap, Path stateDir, @Nullable Duration retrain, @Nullable String entity) {
    return new Settings(
        "kelbo",
        Map.of("bootstrap.servers", bootstrap),
        EnumSet.allOf(Settings.Role.class),
        new Settings.Input(
            Cluster.INPUT,
            "earliest",
            entity,
            null,
            List.of(),
            Set.of(),
            Duration.ofDays(1),
            1_000_000),
        new Settings.WarmUp(500, Duration.ofMinutes(1), 0),
        AlarmBudget.of("0.001"),
        true,
        new Settings.Watch(5, Duration.ofDays(30)),
        new Settings.Retrain(retrain, Duration.ofHours(24), 20_000, Duration.ofMinutes(30), 1, 1),
        "exactly_once_v2",
        new Settings.Http("127.0.0.1", 0),
        stateDir,
        true,
        null,
        1,
        Settings.Life.usual(),
        FormatSettings.NOTHING);
  }

  /** Another name than the usual one, and a guarded connection. */
  static Settings named(String name, Map<String, String> kafka, Path stateDir) {
    Settings usual = of("127.0.0.1:1", stateDir);
    return new Settings(
        name,
        kafka,
        usual.roles(),
        usual.input(),
        usual.warmUp(),
        usual.budget(),
        true,
        usual.watch(),
        usual.retrain(),
        usual.guarantee(),
        usual.http(),
        usual.stateDir(),
        true,
        null,
        1,
        usual.life(),
        usual.formats());
  }

  /** The same, but the first model learns from so many records that wait. */
  static Settings learningFrom(int backlog, Settings of) {
    return new Settings(
        of.name(),
        of.kafka(),
        of.roles(),
        of.input(),
        new Settings.WarmUp(of.warmUp().records(), of.warmUp().time(), backlog),
        of.budget(),
        of.allVerdicts(),
        of.watch(),
        of.retrain(),
        of.guarantee(),
        of.http(),
        of.stateDir(),
        of.createTopics(),
        of.instance(),
        of.seed(),
        of.life(),
        of.formats());
  }

  /**
   * A static member, if it has a name, for {@link Load}. Nobody is called silent: that goes by the
   * wall clock and changes an entity's state, which could then not be rebuilt from the input.
   */
  static Settings ofMember(String bootstrap, Path stateDir, @Nullable String instance) {
    Settings of = of(bootstrap, stateDir, Duration.ofHours(6), null);
    return new Settings(
        of.name(),
        of.kafka(),
        of.roles(),
        new Settings.Input(
            Cluster.INPUT,
            "earliest",
            null,
            null,
            Load.FIELDS,
            Set.of(),
            Duration.ofDays(1),
            1_000_000),
        of.warmUp(),
        of.budget(),
        of.allVerdicts(),
        new Settings.Watch(0, Duration.ofDays(30)),
        of.retrain(),
        of.guarantee(),
        of.http(),
        of.stateDir(),
        of.createTopics(),
        instance,
        of.seed(),
        of.life(),
        of.formats());
  }
}
