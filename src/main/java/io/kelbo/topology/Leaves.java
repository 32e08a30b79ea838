package io.kelbo.topology;

import io.kelbo.record.JsonRecords;
import io.kelbo.record.UnreadableRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A JSON object that people may have written, by its leaves; gathers all that is wrong with it. */
final class Leaves {
  private static final int MAX_BYTES = 1 << 20;

  private final Map<String, Object> leaves;
  private final List<String> problems = new ArrayList<>();

  /**
   * @throws IOException if it is no JSON object
   */
  Leaves(byte[] json) throws IOException {
    try {
      leaves = JsonRecords.flatten(json, MAX_BYTES);
    } catch (UnreadableRecord unreadable) {
      throw new IOException(unreadable.getMessage(), unreadable);
    }
  }

  /** What is allowed here; anything else is a problem. */
  void only(List<String> names) {
    leaves.keySet().stream()
        .filter(name -> !names.contains(name))
        .forEach(
            name ->
                problems.add(
                    "'%s' is not known; there are %s".formatted(name, String.join(", ", names))));
  }

  @Nullable String text(String name) {
    Object leaf = leaves.get(name);
    if (leaf == null || leaf instanceof String) {
      return (String) leaf;
    }
    problems.add("'%s' is '%s' but must be text in quotes".formatted(name, leaf));
    return null;
  }

  String required(String name) {
    String text = text(name);
    if (text == null && !leaves.containsKey(name)) {
      problems.add("'%s' is missing: give it as text".formatted(name));
    }
    return text == null ? "" : text;
  }

  @Nullable Instant time(String name) {
    String text = text(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException notATime) {
      problems.add(
          "'%s' is '%s' but must be a time such as '2026-11-22T08:00:00Z'".formatted(name, text));
      return null;
    }
  }

  /** NaN where it is not given. */
  double number(String name) {
    Object leaf = leaves.get(name);
    if (leaf instanceof Double number) {
      return number;
    }
    if (leaf != null) {
      problems.add("'%s' is '%s' but must be a number".formatted(name, leaf));
    }
    return Double.NaN;
  }

  <E extends Enum<E>> @Nullable E choice(String name, E[] all, Function<E, String> word) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    for (E one : all) {
      if (word.apply(one).equals(text.toLowerCase(Locale.ROOT).replace('-', '_'))) {
        return one;
      }
    }
    problems.add(
        "'%s' is '%s' but must be one of %s"
            .formatted(name, text, Arrays.stream(all).map(word).collect(Collectors.joining(", "))));
    return null;
  }

  /** The leaves below a name, by what follows it. */
  Map<String, Object> below(String name) {
    String prefix = name + ".";
    return leaves.entrySet().stream()
        .filter(leaf -> leaf.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                leaf -> leaf.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  boolean has(String name) {
    return leaves.containsKey(name);
  }

  void refuse(String problem) {
    problems.add(problem);
  }

  /**
   * @throws IOException that names every problem, if there is any
   */
  void refuseProblems() throws IOException {
    if (!problems.isEmpty()) {
      throw new IOException(String.join("; ", problems));
    }
  }
}
