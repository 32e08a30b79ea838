package io.kelbo.topology;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is watched: topics by their names, or all whose whole name matches a pattern. Which topics a
 * pattern takes in is not known here; {@link Topics#inputs} tells it of those in a cluster.
 *
 * @param names without repetition; empty where there is a pattern
 * @param pattern a regular expression of Java's, or null
 */
public record InputTopics(List<String> names, @Nullable String pattern) {
  public InputTopics {
    names = List.copyOf(new LinkedHashSet<>(names));
    if (names.isEmpty() == (pattern == null)) {
      throw new IllegalArgumentException(
          "input topics are %s and pattern '%s' but must be one of both".formatted(names, pattern));
    }
  }

  public static InputTopics of(String topic) {
    return new InputTopics(List.of(topic), null);
  }

  public static InputTopics matching(String pattern) {
    return new InputTopics(List.of(), pattern);
  }

  /** Whether there may be more than one. */
  public boolean several() {
    return names.size() != 1;
  }

  /** The key of the configuration that says so. */
  public String key() {
    if (pattern != null) {
      return "input.pattern";
    }
    return several() ? "input.topics" : "input.topic";
  }

  /**
   * What the names of all that the pattern can match begin with, as far as its text tells; empty
   * where it tells nothing. Rights in Kafka know beginnings, not patterns.
   */
  public String prefix() {
    if (pattern == null || pattern.contains("|")) {
      return "";
    }
    StringBuilder prefix = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      boolean dot = pattern.startsWith("\\.", at);
      char c = dot ? '.' : pattern.charAt(at);
      int next = at + (dot ? 2 : 1);
      boolean repeated = next < pattern.length() && "?*+{".indexOf(pattern.charAt(next)) >= 0;
      if (repeated || !(dot || Character.isLetterOrDigit(c) || c == '_' || c == '-')) {
        break;
      }
      prefix.append(c);
      at = next;
    }
    return prefix.toString();
  }

  /** The names, or the pattern: for messages. */
  @Override
  public String toString() {
    return pattern == null ? String.join(", ", names) : pattern;
  }
}
