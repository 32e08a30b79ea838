package io.kelbo.impute;

import io.kelbo.record.NumberText;
import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a table, and where each stands in the grid.
 *
 * @param columns in the table's order
 */
record Layout(List<Column> columns) {
  private static final int MOST_PLACES = 10_000; // of the grid: its blocks cost their square

  Layout {
    columns = List.copyOf(columns);
  }

  /**
   * @throws BadTable naming the column that cannot be used
   */
  static Layout learn(Table table) throws BadTable {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < table.columns(); c++) {
      columns.add(ColumnLearning.learn(table, c));
    }
    Layout layout = new Layout(columns);
    int width = layout.owners().length;
    if (width > MOST_PLACES) {
      long choices = columns.stream().filter(column -> column instanceof Column.Choice).count();
      throw new BadTable(
          "%s: its %d columns make %d numbers, but at most %d can be filled together: %d columns are texts, each of up to 16 numbers; take out those that tell little"
              .formatted(table.file(), columns.size(), width, MOST_PLACES, choices));
    }
    return layout;
  }

  /** The number of the column at each place of the grid. */
  int[] owners() {
    int[] owners = new int[columns.stream().mapToInt(Column::width).sum()];
    int at = 0;
    for (int c = 0; c < columns.size(); c++) {
      for (int k = 0; k < columns.get(c).width(); k++) {
        owners[at++] = c;
      }
    }
    return owners;
  }

  /**
   * A table as numbers.
   *
   * @throws BadTable if there is a text among numbers
   */
  Grid grid(Table table) throws BadTable {
    return grid(table, java.util.stream.IntStream.range(0, columns.size()).toArray());
  }

  /**
   * A table as numbers, whose columns stand elsewhere.
   *
   * @param from (columns) where each stands in the table, -1 where it is wholly unknown
   * @throws BadTable if there is a text among numbers
   */
  Grid grid(Table table, int[] from) throws BadTable {
    int width = owners().length;
    double[][] values = new double[table.rows()][width];
    boolean[][] known = new boolean[table.rows()][width];
    for (int r = 0; r < table.rows(); r++) {
      int at = 0;
      for (int c = 0; c < columns.size(); c++) {
        Column column = columns.get(c);
        String cell = from[c] < 0 ? "" : table.cell(r, from[c]);
        if (column instanceof Column.Quantity quantity) {
          if (!NumberText.missingNumber(cell)) {
            double number = ColumnLearning.number(table, r, from[c], cell);
            known[r][at] = Double.isFinite(number);
            values[r][at] = known[r][at] ? quantity.standardised(number) : 0;
          }
        } else if (column instanceof Column.Choice choice) {
          for (int k = 0; k < choice.width() && !NumberText.missing(cell); k++) {
            known[r][at + k] = true;
            values[r][at + k] = choice.indicator(cell, k);
          }
        }
        at += column.width();
      }
    }
    return new Grid(values, known);
  }
}
