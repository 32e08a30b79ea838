package io.kelbo.service;

import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration, stated once: the README's table and the error texts come from here.
 *
 * @param key dotted path in the YAML
 * @param fallback the default as it would be written; null if there is none
 * @param without what the table says of leaving it out: the default, {@code required}, …
 * @param allowed completes "must be …"
 * @param sentence what it is for
 * @param example a value to offer where there is no default
 * @param reader from text to value
 */
record Setting<T>(
    String key,
    @Nullable String fallback,
    String without,
    String allowed,
    String sentence,
    String example,
    Reading<T> reader) {

  /** Reads a value. */
  interface Reading<T> {
    /**
     * @throws IllegalArgumentException if it is not allowed; its text is not used
     * @throws java.time.DateTimeException alike
     */
    T read(String text);
  }

  static <T> Setting<T> define(
      String key, String fallback, String allowed, String sentence, Reading<T> reader) {
    String shown = fallback.isEmpty() ? "none" : fallback;
    return new Setting<>(key, fallback, shown, allowed, sentence, shown, reader);
  }

  static <T> Setting<T> required(
      String key, String allowed, String sentence, String example, Reading<T> reader) {
    return new Setting<>(key, null, "required", allowed, sentence, example, reader);
  }

  /** Text that may be left out; {@code without} says what happens then. */
  static Setting<String> optional(
      String key, String without, String allowed, String sentence, String example, String pattern) {
    Reading<String> reader = Readings.matching(pattern, text -> text);
    return new Setting<>(key, null, without, allowed, sentence, example, reader);
  }

  /**
   * What is wrong with a value, and what to do.
   *
   * @param path the key with its places in lists
   */
  String refusal(String path, String shown) {
    return "%s is '%s' but must be %s. %s".formatted(path, shown, allowed, nextStep());
  }

  /** What is wrong where a required value is missing. */
  String absence() {
    return "%s is missing but must be %s. Add it, for example %s."
        .formatted(key, allowed, Setting.asYaml(key, example));
  }

  private static String asYaml(String key, String value) {
    int dot = key.indexOf('.');
    return dot < 0
        ? "'%s: %s'".formatted(key, value)
        : "'%s: { %s: \"%s\" }'".formatted(key.substring(0, dot), key.substring(dot + 1), value);
  }

  private String nextStep() {
    return fallback == null
        ? "Give such a value, for example '%s'.".formatted(example)
        : "Give such a value, or leave the key out for '%s'.".formatted(without);
  }
}
