package io.kelbo.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.kelbo.service.SettingsProblems.Problem;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A YAML text as scalars by dotted path, each with its line. Knows no keys. {@code a: {b: 1}} and
 * {@code a.b: 1} are the same; elements of lists are {@code a[0]}.
 */
final class YamlLeaves {
  private static final int DEEPEST = 50; // more than any key of ours; 500 overflowed the stack
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /** A scalar as it was written. */
  record Leaf(String text, int line) {}

  private final Map<String, Leaf> leaves = new LinkedHashMap<>();
  private final Map<String, Integer> named = new LinkedHashMap<>();
  private final List<Problem> problems;

  private YamlLeaves(List<Problem> problems) {
    this.problems = problems;
  }

  /** Reads; what is wrong with the text is added to the problems. */
  static Map<String, Leaf> read(String yaml, List<Problem> problems) {
    YamlLeaves reading = new YamlLeaves(problems);
    try (YAMLParser parser = YAML.createParser(yaml)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        reading.object(parser, "");
        if (parser.nextToken() != null) {
          reading.refuse(line(parser), "a second YAML document begins here; keep one in the file.");
        }
      } else if (first != null && first != JsonToken.VALUE_NULL) {
        reading.refuse(
            line(parser), "the file must hold keys and values, such as 'input: { topic: plant }'.");
      }
    } catch (JsonProcessingException broken) {
      int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
      reading.refuse(line, "this is not YAML: %s.".formatted(plain(broken.getOriginalMessage())));
    } catch (IOException broken) {
      reading.refuse(0, "this is not YAML: %s.".formatted(broken.getMessage()));
    }
    return reading.leaves;
  }

  private void object(YAMLParser parser, String path) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String below = path.isEmpty() ? parser.currentName() : path + "." + parser.currentName();
      int line = line(parser);
      parser.nextToken();
      Integer before = named.putIfAbsent(below, line);
      if (before != null) {
        refuse(line, "%s is given again, first in line %d; keep one.".formatted(below, before));
      }
      value(parser, below);
    }
  }

  private void value(YAMLParser parser, String path) throws IOException {
    JsonToken token = parser.currentToken();
    if (parser.isCurrentAlias()) {
      refuse(line(parser), "%s is a YAML alias; write the value out.".formatted(path));
    } else if (token == JsonToken.START_OBJECT) {
      object(parser, path);
    } else if (token == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        value(parser, path + "[" + i + "]");
      }
    } else if (token != JsonToken.VALUE_NULL) {
      leaves.putIfAbsent(path, new Leaf(parser.getText().strip(), line(parser)));
    }
  }

  private void refuse(int line, String text) {
    problems.add(new Problem(line, text));
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /**
   * The YAML library quotes the text around the error, which may hold a secret: keep the reason.
   */
  private static String plain(String message) {
    return message
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }
}
