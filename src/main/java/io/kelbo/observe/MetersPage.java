package io.kelbo.observe;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference of all meters, in Markdown. A test compares it with {@code docs/metrics.md}. */
public final class MetersPage {
  private MetersPage() {}

  /** Two tables and which tags are bounded only, ending in a line break. */
  public static String markdown() {
    StringBuilder page =
        new StringBuilder("| name | kind | tags | what it says |\n|---|---|---|---|\n");
    for (Meter meter : Meter.values()) {
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  meter.exposed(),
                  switch (meter.kind()) {
                    case COUNTER -> "counter";
                    case GAUGE -> "gauge";
                    case TIMER, SUMMARY -> "histogram";
                  },
                  meter.labels().stream()
                      .map(label -> "`" + label.word() + "`")
                      .collect(Collectors.joining(", ")),
                  meter.sentence()));
    }
    page.append("\n| tag | values |\n|---|---|\n");
    for (Label label : Label.values()) {
      String words =
          label.words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
      String gap = words.isEmpty() || label.sentence().isEmpty() ? "" : "; ";
      page.append("| `%s` | %s |\n".formatted(label.word(), words + gap + label.sentence()));
    }
    String open =
        Stream.of(Label.values())
            .filter(label -> label.words().isEmpty())
            .map(label -> "`" + label.word() + "`")
            .collect(Collectors.joining(", "));
    page.append(
        "\nOpen tags (%s) have at most %d values each; more are counted together as `%s`.\n"
            .formatted(open, Label.MOST, Label.OTHER));
    return page.toString();
  }

  /** Prints it, for pasting into the page. */
  public static void main(String[] unused) {
    System.out.print(markdown());
  }
}
