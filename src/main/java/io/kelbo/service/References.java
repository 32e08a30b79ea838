package io.kelbo.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values for {@code ${env:NAME}} and {@code ${file:/path}}; other {@code ${…}} stay. */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");
  private static final int MAX_BYTES = 65_536;

  private final Map<String, String> environment;

  References(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * @throws IllegalArgumentException with a sentence fragment saying what could not be had
   */
  String resolve(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String found =
          matcher.group(1).equals("env") ? env(matcher.group(2)) : file(matcher.group(2));
      Secrets.remember(found);
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(found));
    }
    return matcher.appendTail(resolved).toString();
  }

  private String env(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the environment variable '%s' is not set; set it, or write the value".formatted(name));
    }
    return value;
  }

  private static String file(String name) {
    try {
      Path path = Path.of(name);
      if (Files.size(path) > MAX_BYTES) {
        throw new IllegalArgumentException(
            "the file '%s' has more than %d bytes; name a file that holds the value only"
                .formatted(name, MAX_BYTES));
      }
      return Files.readString(path, StandardCharsets.UTF_8).strip();
    } catch (IOException | InvalidPathException unreadable) {
      throw new IllegalArgumentException(
          "the file '%s' cannot be read (%s); check its path and rights"
              .formatted(name, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }
}
