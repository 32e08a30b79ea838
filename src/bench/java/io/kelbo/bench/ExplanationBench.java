package io.kelbo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether the field that was made wrong is the one that is blamed, by Kelbo and by Random Cut
 * Forest, on made streams and on the normal parts of real ones, where they lie beside the project.
 */
final class ExplanationBench {
  private static final Path DATA = Path.of("..", "shared", "data");
  private static final int LEARNED = 4000;
  private static final int STREAMED = 40_000;
  private static final int MOVING = 10; // distinct values, at least, of a field to be made wrong

  private ExplanationBench() {}

  /**
   * @param first seed of the first of three made streams of each width
   */
  static void run(long first, boolean json) throws IOException {
    Map<String, List<ExplainedStream>> sets = new LinkedHashMap<>();
    for (int fields : new int[] {8, 20}) {
      for (long seed = first; seed < first + 3; seed++) {
        double[][] rows = FaultyStream.plant(LEARNED + STREAMED, fields, seed);
        add(sets, "made_" + fields, rows, LEARNED, seed);
      }
    }
    for (String set : List.of("smd", "asd")) {
      if (Files.isDirectory(DATA.resolve(set))) {
        try (Stream<Path> files = Files.list(DATA.resolve(set))) {
          for (Path file :
              files.filter(f -> f.toString().endsWith("_train.csv.gz")).sorted().toList()) {
            LabelledTable table = LabelledTable.read(file, "anomaly");
            double[][] rows =
                IntStream.range(0, table.rows()).mapToObj(table::row).toArray(double[][]::new);
            add(sets, set, rows, rows.length / 2, 1);
          }
        }
      }
    }
    List<String> parts = new ArrayList<>();
    sets.forEach((name, streams) -> parts.add(set(name, streams, json)));
    Printed.line("explanation", parts, json);
  }

  private static void add(
      Map<String, List<ExplainedStream>> sets,
      String name,
      double[][] rows,
      int learned,
      long seed) {
    double[][] first = Arrays.copyOf(rows, learned);
    double[][] rest = Arrays.copyOfRange(rows, learned, rows.length);
    int[] candidates =
        IntStream.range(0, rows[0].length).filter(j -> moves(first, j) && moves(rest, j)).toArray();
    sets.computeIfAbsent(name, n -> new ArrayList<>())
        .add(new ExplainedStream(first, new FaultyStream(rest, candidates, seed)).run());
  }

  private static boolean moves(double[][] rows, int field) {
    return Arrays.stream(rows).mapToDouble(row -> row[field]).distinct().limit(MOVING).count()
        == MOVING;
  }

  private static String set(String name, List<ExplainedStream> streams, boolean json) {
    Map<String, String> figures = new LinkedHashMap<>();
    int all = 0;
    for (FaultKind kind : FaultKind.values()) {
      all += sum(streams, s -> s.kelbo.getOrDefault(kind, new Blame()).faults());
    }
    figures.put("faults", Integer.toString(all));
    figures.put("flagged", text((double) sum(streams, ExplainedStream::flagged) / all));
    figures.put(
        "interval_99",
        text(streams.stream().mapToDouble(ExplainedStream::coverage).average().orElse(0)));
    shares(figures, "kelbo_flagged", streams.stream().map(s -> s.kelboFlagged).toList());
    shares(figures, "kelbo", streams.stream().map(s -> s.kelbo).toList());
    shares(figures, "rcf", streams.stream().map(s -> s.forests).toList());
    List<String> told = new ArrayList<>();
    figures.forEach((key, value) -> told.add("\"%s\": %s".formatted(key, value)));
    return "\"%s\": {%s}".formatted(name, String.join(json ? ", " : ",\n    ", told));
  }

  private static int sum(List<ExplainedStream> streams, ToDoubleFunction<ExplainedStream> of) {
    return (int) streams.stream().mapToDouble(of).sum();
  }

  /** Of all single faults, of all pairs, and of each kind. */
  private static void shares(
      Map<String, String> figures, String by, List<Map<FaultKind, Blame>> blames) {
    Map<String, Blame> groups = new LinkedHashMap<>();
    for (FaultKind kind : FaultKind.values()) {
      for (String group : List.of(kind.pair() ? "pair" : "single", kind.word())) {
        blames.forEach(
            blame ->
                groups
                    .computeIfAbsent(group, g -> new Blame())
                    .add(blame.getOrDefault(kind, new Blame())));
      }
    }
    groups.forEach((group, blame) -> figures.put(by + "_" + group, told(blame)));
  }

  private static String told(Blame blame) {
    List<String> parts = new ArrayList<>();
    parts.add("\"faults\": " + blame.faults());
    blame.shares().forEach((key, share) -> parts.add("\"%s\": %s".formatted(key, text(share))));
    return "{" + String.join(", ", parts) + "}";
  }

  private static String text(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }
}
