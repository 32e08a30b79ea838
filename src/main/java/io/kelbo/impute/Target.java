package io.kelbo.impute;

import io.kelbo.record.NumberText;
import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The column that is predicted: a number, or one of a few classes. */
sealed interface Target {
  /** The most classes that are told apart: each needs rows of its own. */
  int MOST_CLASSES = 64;

  /** A number. */
  record Number(Column.Quantity column) implements Target {}

  /**
   * One of at least two classes.
   *
   * @param classes in alphabetical order
   */
  record Classes(List<String> classes) implements Target {
    public Classes {
      classes = List.copyOf(classes);
    }

    /** The class of a cell; -1 where it is a hole or a class never seen. */
    int of(String cell) {
      return classes.indexOf(cell);
    }
  }

  /**
   * What a column of a table is, as a target.
   *
   * @param named whether numbers are names of classes
   * @throws BadTable if it has no value, one value only, or too many texts
   */
  static Target learn(Table table, int column, boolean named) throws BadTable {
    Map<String, Integer> texts = new TreeMap<>();
    int numbers = 0;
    int present = 0;
    for (int r = 0; r < table.rows(); r++) {
      String cell = table.cell(r, column);
      if (!NumberText.missing(cell)) {
        present++;
        texts.merge(cell, 1, Integer::sum);
        numbers += Double.isFinite(NumberText.parse(cell)) ? 1 : 0;
      }
    }
    String name = table.header().get(column);
    if (texts.size() < 2) {
      throw new BadTable(
          "%s: column '%s' %s, so nothing tells one from another; give rows with at least two"
              .formatted(
                  table.file(),
                  name,
                  texts.isEmpty()
                      ? "has no value"
                      : "is '%s' in every row".formatted(texts.keySet().iterator().next())));
    }
    boolean flag = texts.size() == 2 && numbers == present && bits(texts);
    if (numbers == 0 || named || flag) {
      return classes(table, name, texts);
    }
    if (!(ColumnLearning.learn(table, column) instanceof Column.Quantity quantity)) {
      return classes(table, name, texts);
    }
    return new Number(quantity);
  }

  private static boolean bits(Map<String, Integer> texts) {
    return texts.keySet().stream()
        .mapToDouble(NumberText::parse)
        .allMatch(number -> number == 0 || number == 1);
  }

  private static Target classes(Table table, String name, Map<String, Integer> texts)
      throws BadTable {
    if (texts.size() > MOST_CLASSES) {
      throw new BadTable(
          "%s: column '%s' has %,d different texts, but at most %d classes can be told apart; merge the rare ones, or predict another column"
              .formatted(table.file(), name, texts.size(), MOST_CLASSES));
    }
    return new Classes(List.copyOf(texts.keySet()));
  }
}
