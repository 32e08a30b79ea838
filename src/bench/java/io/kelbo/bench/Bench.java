package io.kelbo.bench;

import java.io.IOException;
import java.util.List;

/** What {@code bin/bench NAME [--json]} runs. */
public final class Bench {
  private Bench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> words = List.of(args);
    boolean json = words.contains("--json");
    List<String> names = words.stream().filter(word -> !word.equals("--json")).toList();
    if (names.equals(List.of("scoring"))) {
      ScoringAppBench.run(json);
      return;
    }
    if (names.equals(List.of("quality"))) {
      QualityBench.run(json);
      return;
    }
    System.err.println("usage: bin/bench NAME [--json]");
    System.err.println("  scoring   CPU a record of the scoring application against a plain one");
    System.err.println(
        "  quality   how well Kelbo and a one-class SVM rank strange rows of tables");
    System.exit(names.isEmpty() ? 0 : 2);
  }
}
