package io.kelbo.bench;

import java.util.ArrayList;
import java.util.List;

/** The last line of a benchmark, for machines or people, with the machine it ran on. */
final class Printed {
  private Printed() {}

  /**
   * @param parts {@code "key": value} each
   */
  static void line(String benchmark, List<String> parts, boolean json) {
    List<String> all = new ArrayList<>(parts);
    all.add("\"java\": \"%s\"".formatted(Runtime.version()));
    all.add("\"cpus\": " + Runtime.getRuntime().availableProcessors());
    if (json) {
      System.out.printf("{\"benchmark\": \"%s\", %s}%n", benchmark, String.join(", ", all));
    } else {
      all.forEach(part -> System.out.println(part.replace("\"", "")));
    }
  }
}
