package io.kelbo.install;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chart's table of values, made from the {@code # --} comments of values.yaml. */
final class ChartReadme {
  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]+):(?: +(.*))?");

  private ChartReadme() {}

  /** A row for each value with a sentence of its own, in the file's order. */
  static String table() throws IOException {
    StringBuilder table =
        new StringBuilder("| value | default | what it is for |\n|---|---|---|\n");
    for (Value value : values()) {
      table.append(
          "| `%s` | `%s` | %s |\n".formatted(value.path(), value.fallback(), value.sentence()));
    }
    return table.toString();
  }

  /**
   * @param fallback as written, or what is below it in one line
   */
  record Value(String path, String fallback, String sentence) {}

  static List<Value> values() throws IOException {
    List<String> lines = Files.readAllLines(Chart.SOURCE.resolve("values.yaml"));
    List<Value> values = new ArrayList<>();
    String parent = "";
    for (int i = 0; i < lines.size(); i++) {
      Matcher key = KEY.matcher(lines.get(i));
      if (!key.matches()) {
        continue;
      }
      boolean top = key.group(1).isEmpty();
      String before = i == 0 ? "" : lines.get(i - 1).strip();
      if (before.startsWith("# -- ")) {
        String path = top ? key.group(2) : parent + key.group(2);
        String here = key.group(3);
        String fallback = here == null ? below(lines, i, key.group(1).length()) : here;
        values.add(new Value(path, fallback, before.substring(5)));
      }
      if (top) {
        parent = key.group(2) + ".";
      }
    }
    return values;
  }

  private static String below(List<String> lines, int from, int indent) {
    List<String> parts = new ArrayList<>();
    for (int i = from + 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.length() - line.stripLeading().length() <= indent) {
        break;
      }
      parts.add(line.strip());
    }
    return "{ " + String.join(", ", parts) + " }";
  }

  /** Prints it, for pasting into the README. */
  public static void main(String[] unused) throws IOException {
    System.out.print(table());
  }
}
