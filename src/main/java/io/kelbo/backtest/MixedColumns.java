package io.kelbo.backtest;

import io.kelbo.record.NumberText;
import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses columns that inference would leave out though most of their cells are meant as numbers:
 * in a file, unlike in a stream, somebody can correct them. Columns of words are none of its
 * business.
 */
final class MixedColumns {
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?[0-9]+,[0-9]+");

  private MixedColumns() {}

  /**
   * @param learned how many of the first rows to look at
   * @param columns what is not learned from; times in text and words pass
   * @throws BadTable naming line and column of the first cell that is no number
   */
  static void refuse(Table table, int learned, Collection<String> columns) throws BadTable {
    for (String column : columns) {
      refuse(table, Math.min(learned, table.rows()), table.column(column));
    }
  }

  private static void refuse(Table table, int rows, int column) throws BadTable {
    int numbers = 0;
    int commas = 0;
    int words = 0;
    int first = -1;
    for (int r = 0; r < rows; r++) {
      String cell = table.cell(r, column);
      if (NumberText.missingNumber(cell)) {
        continue;
      }
      if (!Double.isNaN(NumberText.parse(cell))) {
        numbers++;
        continue;
      }
      first = first < 0 ? r : first;
      if (DECIMAL_COMMA.matcher(cell.strip()).matches()) {
        commas++;
      } else {
        words++;
      }
    }
    String advice = advice(numbers, commas, words);
    if (advice != null) {
      throw new BadTable(
          "%s: line %d: column '%s' is '%s' but %s"
              .formatted(
                  table.file(),
                  table.line(first),
                  table.header().get(column),
                  table.cell(first, column),
                  advice));
    }
  }

  private static @Nullable String advice(int numbers, int commas, int words) {
    if (commas > words + numbers) {
      return "numbers are written with a decimal point, not a comma; convert the column";
    }
    return commas + words > 0 && numbers + commas >= words
        ? "%d of its %d cells are numbers; correct the others, empty them, or leave the column out with input.ignore"
            .formatted(numbers, numbers + commas + words)
        : null;
  }
}
