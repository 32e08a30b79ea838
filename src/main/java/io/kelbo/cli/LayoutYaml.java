package io.kelbo.cli;

import io.kelbo.record.Field;
import io.kelbo.record.InputLayout;
import io.kelbo.topology.InputTopics;
import java.util.stream.Collectors;

/** A layout as the YAML that would declare it; it can be pasted into the configuration. */
final class LayoutYaml {
  private LayoutYaml() {}

  static String write(InputTopics topics, InputLayout layout) {
    StringBuilder yaml = new StringBuilder("input:\n");
    yaml.append("  %s: %s%n".formatted(topics.key().substring("input.".length()), watched(topics)));
    yaml.append("  entity: ").append(quoted(layout.entity().word())).append('\n');
    String time = layout.timePath();
    if (time != null) {
      yaml.append("  time: ").append(quoted(time)).append('\n');
    }
    yaml.append("  fields:\n");
    for (Field field : layout.fields().list()) {
      yaml.append(
          "    - { name: %s, kind: %s%s }%n"
              .formatted(
                  quoted(field.name()),
                  field.kind().word(),
                  field.target() ? ", role: target" : ""));
    }
    return yaml.toString();
  }

  private static String watched(InputTopics topics) {
    return topics.pattern() == null && topics.several()
        ? topics.names().stream()
            .map(LayoutYaml::quoted)
            .collect(Collectors.joining(", ", "[", "]"))
        : quoted(topics.toString());
  }

  /** Plain words stay bare; all else is quoted, since names come from records. */
  private static String quoted(String text) {
    boolean plain =
        text.matches("[A-Za-z_][A-Za-z0-9_.-]*")
            && !text.matches("(?i)true|false|null|yes|no|on|off|y|n");
    if (plain) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
