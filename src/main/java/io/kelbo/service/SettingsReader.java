package io.kelbo.service;

import io.kelbo.record.Field;
import io.kelbo.service.SettingsProblems.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads {@link Settings} from YAML; says everything that is wrong at once. */
public final class SettingsReader {
  private static final String SMALLEST =
      """
      kafka: { bootstrap.servers: "localhost:9092" }
      input: { topic: plant.telemetry }
      """;

  private final Map<String, String> environment;

  public SettingsReader() {
    this(System.getenv());
  }

  SettingsReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * @throws SettingsProblems if the file cannot be read, or anything in it is wrong
   */
  public Settings read(Path file) throws SettingsProblems {
    try {
      return read(Files.readString(file), "'%s'".formatted(file));
    } catch (IOException unreadable) {
      String why = Files.exists(file) ? "cannot be read as UTF-8 text" : "does not exist";
      Problem problem =
          new Problem(
              0,
              "the file %s. Name one with --config that holds at least:%n%s"
                  .formatted(why, SMALLEST.stripTrailing().indent(6).stripTrailing()));
      throw new SettingsProblems("'%s'".formatted(file), List.of(problem));
    }
  }

  /**
   * @param origin how the error calls the text
   * @throws SettingsProblems if anything is wrong
   */
  public Settings read(String yaml, String origin) throws SettingsProblems {
    GivenSettings given = GivenSettings.read(yaml, new References(environment));
    checkTogether(given);
    if (!given.problems().isEmpty()) {
      throw new SettingsProblems(origin, given.problems());
    }
    return new Settings(
        right(given, SettingKeys.NAME),
        given.kafka(),
        right(given, SettingKeys.ROLES).stream()
            .map(role -> Settings.Role.valueOf(role.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet()),
        input(given),
        new Settings.WarmUp(
            right(given, WarmUpKeys.RECORDS),
            right(given, WarmUpKeys.TIME),
            right(given, WarmUpKeys.BACKLOG)),
        right(given, SettingKeys.BUDGET),
        right(given, SettingKeys.VERDICTS),
        new Settings.Watch(right(given, SettingKeys.SILENCE), right(given, SettingKeys.FORGET)),
        new Settings.Retrain(
            right(given, SettingKeys.EVERY).orElse(null),
            right(given, SettingKeys.WINDOW),
            right(given, SettingKeys.SAMPLE),
            right(given, SettingKeys.TIMEOUT),
            right(given, SettingKeys.LAYERS),
            right(given, SettingKeys.THREADS)),
        right(given, SettingKeys.GUARANTEE),
        http(given),
        right(given, SettingKeys.STATE_DIR),
        right(given, SettingKeys.CREATE),
        given.value(SettingKeys.INSTANCE).orElse(null),
        right(given, SettingKeys.SEED),
        new Settings.Life(
            right(given, LifeKeys.STORES),
            right(given, LifeKeys.STOP_WITHIN),
            right(given, LifeKeys.LAG_MAX).orElse(null)),
        FormatKeys.read(given));
  }

  private static Settings.Http http(GivenSettings given) {
    Settings.Tls tls =
        given
            .value(HttpKeys.CERTIFICATE)
            .map(chain -> new Settings.Tls(chain, right(given, HttpKeys.KEY)))
            .orElse(null);
    return new Settings.Http(
        right(given, SettingKeys.HOST),
        right(given, SettingKeys.PORT),
        given.value(HttpKeys.TOKEN).orElse(null),
        tls,
        right(given, HttpKeys.RATE));
  }

  private static Settings.Input input(GivenSettings given) {
    return new Settings.Input(
        InputKeys.topics(given),
        right(given, InputKeys.FROM),
        given.value(InputKeys.ENTITY).orElse(null),
        given.value(InputKeys.TIME).orElse(null),
        IntStream.range(0, given.fields())
            .mapToObj(
                place ->
                    new Field(
                        given.ofField(InputKeys.FIELD_NAME, place).orElseThrow(),
                        given.ofField(InputKeys.FIELD_KIND, place).orElseThrow(),
                        given.ofField(InputKeys.FIELD_ROLE, place).orElseThrow()))
            .toList(),
        Set.copyOf(new HashSet<>(right(given, InputKeys.IGNORE))),
        right(given, InputKeys.LATE),
        right(given, InputKeys.MAX_BYTES),
        given.value(SettingKeys.SEGMENT).orElse(null),
        right(given, SettingKeys.REPAIR));
  }

  private static <T> T right(GivenSettings given, Setting<T> setting) {
    return given.value(setting).orElseThrow();
  }

  private static void checkTogether(GivenSettings given) {
    Optional<String> name = given.value(SettingKeys.NAME);
    name.ifPresent(known -> InputKeys.checkTogether(given, known));
    Optional<Duration> every = given.value(SettingKeys.EVERY).flatMap(duration -> duration);
    Optional<Duration> window = given.value(SettingKeys.WINDOW);
    if (every.isPresent() && window.isPresent() && window.get().compareTo(every.get()) < 0) {
      given.refuse(
          SettingKeys.WINDOW,
          ("retrain.window is '%s' but must be at least retrain.every, '%s': records between would"
                  + " never be learned from. Make it longer.")
              .formatted(window.get(), every.get()));
    }
    if (given.value(SettingKeys.ROLES).filter(List::isEmpty).isPresent()) {
      given.refuse(SettingKeys.ROLES, SettingKeys.ROLES.refusal(SettingKeys.ROLES.key(), ""));
    }
    FormatKeys.checkTogether(given);
    Optional<Path> chain = given.value(HttpKeys.CERTIFICATE);
    if (chain.isPresent() != given.value(HttpKeys.KEY).isPresent()) {
      given.refuse(
          HttpKeys.CERTIFICATE,
          "http.tls.%s is '%s' but http.tls.%s is missing: HTTPS needs both. Give both, or neither."
              .formatted(
                  chain.isPresent() ? "certificate" : "key",
                  chain.or(() -> given.value(HttpKeys.KEY)).orElseThrow(),
                  chain.isPresent() ? "key" : "certificate"));
    }
    InputKeys.checkFields(given);
  }
}
