package io.kelbo.impute;

import io.kelbo.record.NumberText;
import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Learns from a table what each of its columns holds. */
final class ColumnLearning {
  private static final int MOST_CHOICES = 16; // an indicator each: rarer texts are never filled in
  private static final int MOST_TEXTS = 64; // more, and it is no category
  private static final double MOSTLY = 0.9;
  // As in the encoder: a scale is learned from what lies within ten times the range of the middle
  // 98 % around the median, so that one absurd value does not make all others equal.
  private static final double FENCE = 10;
  private static final double EDGE = 0.01;
  private static final int LEAST_FOR_EDGES = 30;

  private final Table table;
  private final int column;
  private final Map<String, Integer> texts = new LinkedHashMap<>(); // text → how often
  private int present;

  private ColumnLearning(Table table, int column) {
    this.table = table;
    this.column = column;
    for (int r = 0; r < table.rows(); r++) {
      String cell = table.cell(r, column);
      if (!NumberText.missing(cell)) {
        texts.merge(cell, 1, Integer::sum);
        present++;
      }
    }
  }

  /**
   * @throws BadTable if the column has no value at all, or a text among its numbers
   */
  static Column learn(Table table, int column) throws BadTable {
    return new ColumnLearning(table, column).column();
  }

  private Column column() throws BadTable {
    int numbers = 0;
    int nothing = 0;
    for (Map.Entry<String, Integer> text : texts.entrySet()) {
      numbers += Double.isFinite(NumberText.parse(text.getKey())) ? text.getValue() : 0;
      nothing += NumberText.missingNumber(text.getKey()) ? text.getValue() : 0;
    }
    if (present == 0) {
      throw table.noValue(column, table.rows());
    }
    if (texts.size() == 1) {
      return new Column.Still(texts.keySet().iterator().next(), numbers > 0);
    }
    if (flag()) {
      return choice();
    }
    if (numbers > 0 && numbers >= MOSTLY * (present - nothing)) {
      return quantity();
    }
    return texts.size() > MOST_TEXTS || texts.size() * 2 > present ? names() : choice();
  }

  private boolean flag() {
    Set<String> lower = new HashSet<>();
    texts.keySet().forEach(text -> lower.add(text.toLowerCase(java.util.Locale.ROOT)));
    return Set.of("true", "false").equals(lower)
        || (lower.size() == 2
            && lower.stream().map(NumberText::parse).toList().containsAll(List.of(0.0, 1.0)));
  }

  private Column choice() {
    List<Map.Entry<String, Integer>> frequent = byFrequency().limit(MOST_CHOICES).toList();
    return new Column.Choice(
        frequent.stream().map(Map.Entry::getKey).toList(),
        frequent.stream().map(entry -> (double) entry.getValue() / present).toList());
  }

  private java.util.stream.Stream<Map.Entry<String, Integer>> byFrequency() {
    return texts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
  }

  /** Names, times, free text: only a frequent one could be guessed. */
  private Column names() throws BadTable {
    Map.Entry<String, Integer> first = byFrequency().findFirst().orElseThrow();
    if (first.getValue() == 1 && present < table.rows()) {
      int row = 0;
      while (!NumberText.missing(table.cell(row, column))) {
        row++;
      }
      throw new BadTable(
          "%s: line %d: column '%s' is empty but its %d texts are all different, so none can be filled in; fill it, or take the column out"
              .formatted(table.file(), table.line(row), table.header().get(column), present));
    }
    return new Column.Still(first.getKey(), false);
  }

  private Column quantity() throws BadTable {
    double[] values = new double[present];
    int n = 0;
    for (int r = 0; r < table.rows(); r++) {
      String cell = table.cell(r, column);
      if (!NumberText.missingNumber(cell)) {
        double number = number(table, r, column, cell);
        if (Double.isFinite(number)) {
          values[n++] = number;
        }
      }
    }
    double[] used = withinFence(Arrays.stream(values, 0, n).sorted().toArray());
    double mean = 0;
    for (int i = 0; i < used.length; i++) {
      mean += (used[i] - mean) / (i + 1); // running, so that huge values do not overflow a sum
    }
    double largest = Double.MIN_NORMAL;
    for (double value : used) {
      largest = Math.max(largest, Math.abs(value - mean));
    }
    double squares = 0;
    for (double value : used) {
      double share = (value - mean) / largest;
      squares += share * share;
    }
    double sd = largest * Math.sqrt(squares / used.length);
    boolean varies = sd > 0 && Double.isFinite(sd) && Double.isFinite(mean);
    String usual =
        byFrequency()
            .map(Map.Entry::getKey)
            .filter(text -> Double.isFinite(NumberText.parse(text)))
            .findFirst()
            .orElseThrow();
    return varies ? new Column.Quantity(mean, sd) : new Column.Still(usual, true);
  }

  private static double[] withinFence(double[] ascending) {
    int edge =
        ascending.length < LEAST_FOR_EDGES ? 0 : Math.max(1, (int) (EDGE * ascending.length));
    double range = ascending[ascending.length - 1 - edge] - ascending[edge];
    double median = ascending[ascending.length / 2];
    return range > 0 && Double.isFinite(range)
        ? Arrays.stream(ascending).filter(v -> Math.abs(v - median) <= FENCE * range).toArray()
        : ascending;
  }

  /**
   * A cell of a column of numbers.
   *
   * @throws BadTable naming line and column if it is none
   */
  static double number(Table table, int row, int column, String cell) throws BadTable {
    double number = NumberText.parse(cell);
    if (Double.isNaN(number)) {
      throw new BadTable(
          "%s: line %d: column '%s' is '%s' but the column holds numbers; write a number with a decimal point, or leave it empty"
              .formatted(table.file(), table.line(row), table.header().get(column), cell));
    }
    return number;
  }
}
