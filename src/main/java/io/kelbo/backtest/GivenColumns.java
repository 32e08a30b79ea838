package io.kelbo.backtest;

import io.kelbo.record.NumberText;
import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the columns of the files of one backtest must be: the same, and not empty. */
final class GivenColumns {
  private GivenColumns() {}

  /**
   * @param label which a file may lack
   * @throws BadTable naming the column that another file does not have
   */
  static void requireSame(List<Table> tables, @Nullable String label) throws BadTable {
    Table first = tables.get(0);
    for (Table other : tables) {
      for (String name : other.header()) {
        if (first.column(name) < 0 && !name.equals(label)) {
          throw new BadTable(
              "%s: column '%s' is not in %s; files of one backtest must have the same columns"
                  .formatted(other.file(), name, first.file()));
        }
      }
      for (String name : first.header()) {
        if (other.column(name) < 0 && !name.equals(label)) {
          throw new BadTable(
              "%s: column '%s' of %s is missing; files of one backtest must have the same columns"
                  .formatted(other.file(), name, first.file()));
        }
      }
    }
  }

  /**
   * Nothing can be learned of a column without a value, and nothing scored by it: in a file it is a
   * mistake. (One that is empty only where it is learned from is left out, and said.)
   *
   * @throws BadTable naming the first that has no value in any file
   */
  static void requireValues(BacktestOptions options, List<Table> tables) throws BadTable {
    Table first = tables.get(0);
    int rows = tables.stream().mapToInt(Table::rows).sum();
    for (int c = 0; c < first.columns(); c++) {
      String name = first.header().get(c);
      if (!options.declared().ignores(name) && tables.stream().allMatch(t -> empty(t, name))) {
        throw first.noValue(c, rows);
      }
    }
  }

  private static boolean empty(Table table, String name) {
    int column = table.column(name);
    for (int r = 0; column >= 0 && r < table.rows(); r++) {
      if (!NumberText.missingNumber(table.cell(r, column))) {
        return false;
      }
    }
    return true;
  }
}
