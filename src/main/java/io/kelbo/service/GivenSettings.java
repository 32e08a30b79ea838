package io.kelbo.service;

import io.kelbo.service.SettingsProblems.Problem;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration gives for each key, and all that is wrong with it key by key. What concerns
 * several keys is checked by {@link SettingsReader}.
 */
final class GivenSettings {
  private static final String KAFKA = "kafka.";

  /** Text by key, references resolved; elements of a list joined by commas. */
  private final Map<String, String> texts = new LinkedHashMap<>();

  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> wrong = new LinkedHashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private final References references;

  private GivenSettings(References references) {
    this.references = references;
  }

  static GivenSettings read(String yaml, References references) {
    GivenSettings given = new GivenSettings(references);
    Map<String, YamlLeaves.Leaf> leaves = YamlLeaves.read(yaml, given.problems);
    boolean unreadable = !given.problems.isEmpty();
    leaves.forEach(given::take);
    if (!unreadable) {
      given.lookForMissing();
    }
    return given;
  }

  List<Problem> problems() {
    return problems;
  }

  void refuse(Setting<?> setting, String sentence) {
    problems.add(new Problem(lines.getOrDefault(setting.key(), 0), sentence));
  }

  /** The value or its default; empty where it is wrong or there is none. */
  <T> Optional<T> value(Setting<T> setting) {
    return at(setting, setting.key());
  }

  /** Whether the key is there, be it right or wrong. */
  boolean given(Setting<?> setting) {
    return texts.containsKey(setting.key()) || wrong.contains(setting.key());
  }

  /** How many elements {@code input.fields} has. */
  int fields() {
    return (int)
        texts.keySet().stream()
            .filter(key -> key.startsWith("input.fields["))
            .map(key -> key.substring(0, key.indexOf(']')))
            .distinct()
            .count();
  }

  <T> Optional<T> ofField(Setting<T> setting, int place) {
    return at(setting, setting.key().replace("[]", "[" + place + "]"));
  }

  /** All client properties, without {@code kafka.}, in order of keys. */
  Map<String, String> kafka() {
    Map<String, String> properties = new TreeMap<>();
    texts.forEach(
        (key, text) -> {
          if (key.startsWith(KAFKA)) {
            properties.put(key.substring(KAFKA.length()), text);
          }
        });
    return properties;
  }

  private <T> Optional<T> at(Setting<T> setting, String key) {
    String text = texts.getOrDefault(key, setting.fallback());
    return text == null || wrong.contains(key)
        ? Optional.empty()
        : Optional.of(read(setting, text));
  }

  private static <T> T read(Setting<T> setting, String text) {
    try {
      return setting.reader().read(text);
    } catch (DateTimeException refused) {
      throw new IllegalArgumentException(refused.getMessage(), refused);
    }
  }

  private void take(String path, YamlLeaves.Leaf leaf) {
    String key = path.startsWith("input.fields[") ? path : path.replaceAll("\\[[0-9]+]$", "");
    lines.putIfAbsent(key, leaf.line());
    Setting<?> setting = named(key.replaceAll("\\[[0-9]+]", "[]"));
    if (setting == null && !key.startsWith(KAFKA)) {
      problems.add(new Problem(leaf.line(), unknown(path, leaf.text())));
      return;
    }
    String text;
    try {
      text = references.resolve(leaf.text());
    } catch (IllegalArgumentException unresolved) {
      wrong(
          key,
          leaf,
          "%s refers to '%s' but %s.".formatted(path, leaf.text(), unresolved.getMessage()));
      return;
    }
    texts.merge(key, text, (before, next) -> before + "," + next);
    // What was written is shown, not what a reference stands for: that may be a secret.
    String shown = Secrets.shown(key, leaf.text());
    if (setting == null || setting == SettingKeys.BOOTSTRAP) {
      KafkaProperties.problem(key.substring(KAFKA.length()), text, shown)
          .ifPresent(sentence -> wrong(key, leaf, sentence));
    }
    if (setting != null && !wrong.contains(key)) {
      try {
        Object unused = read(setting, text);
      } catch (IllegalArgumentException refused) {
        wrong(key, leaf, setting.refusal(path, shown));
      }
    }
  }

  private void wrong(String key, YamlLeaves.Leaf leaf, String sentence) {
    wrong.add(key);
    problems.add(new Problem(leaf.line(), sentence));
  }

  private void lookForMissing() {
    if (!given(SettingKeys.BOOTSTRAP)) {
      problems.add(new Problem(0, SettingKeys.BOOTSTRAP.absence()));
    }
    if (!given(InputKeys.TOPIC) && !given(InputKeys.TOPICS) && !given(InputKeys.PATTERN)) {
      problems.add(
          new Problem(
              0,
              InputKeys.TOPIC.absence()
                  + " Several are named with input.topics or input.pattern."));
    }
    for (int i = 0; i < fields(); i++) {
      for (Setting<?> setting : List.of(InputKeys.FIELD_NAME, InputKeys.FIELD_KIND)) {
        String key = setting.key().replace("[]", "[" + i + "]");
        if (!texts.containsKey(key) && !wrong.contains(key)) {
          problems.add(
              new Problem(
                  0,
                  "%s is missing but must be %s. Write '- { name: pressure, kind: quantity }'."
                      .formatted(key, setting.allowed())));
        }
      }
    }
  }

  private static @Nullable Setting<?> named(String key) {
    return SettingKeys.all().stream()
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElse(null);
  }

  private static String unknown(String path, String text) {
    String shown = Secrets.shown(path, text);
    List<String> known = SettingKeys.all().stream().map(Setting::key).toList();
    List<String> within = known.stream().filter(key -> key.startsWith(path + ".")).toList();
    if (!within.isEmpty() || path.equals("input.fields") || path.startsWith("input.fields[")) {
      return "%s is '%s' but must hold keys of its own: %s."
          .formatted(
              path,
              shown,
              within.isEmpty()
                  ? "name and kind, such as '- { name: pressure, kind: quantity }'"
                  : within.stream().collect(Collectors.joining(", ")));
    }
    return "%s is '%s' but there is no such key. %s"
        .formatted(
            path,
            shown,
            Nearest.to(path, known)
                .map("Did you mean '%s'?"::formatted)
                .orElse("The README lists the keys; client properties go under 'kafka'."));
  }
}
