package io.kelbo.impute;

import io.kelbo.record.NumberText;
import io.kelbo.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table whose holes are filled: what it says, and how it is written. */
public final class Completed {
  /** What is appended to a column's name to name the column of its standard deviations. */
  public static final String SD = "__sd";

  private static final MathContext DIGITS = new MathContext(7);
  private static final MathContext SD_DIGITS = new MathContext(4);

  private final Table table;
  private final Layout layout;
  private final Grid grid;
  private final Filled filled;
  private final boolean uncertainty;
  private final int[] places; // (columns) the first of each column in the grid
  private final @Nullable Findings findings;

  Completed(
      Table table,
      Layout layout,
      Grid grid,
      Filled filled,
      boolean uncertainty,
      @Nullable Findings findings) {
    this.table = table;
    this.uncertainty = uncertainty;
    this.layout = layout;
    this.grid = grid;
    this.filled = filled;
    this.findings = findings;
    this.places = new int[table.columns()];
    for (int c = 1; c < places.length; c++) {
      places[c] = places[c - 1] + layout.columns().get(c - 1).width();
    }
  }

  public int rows() {
    return table.rows();
  }

  /** What held-out cells said of the models; null where no cell had to be told from others. */
  public @Nullable Findings findings() {
    return findings;
  }

  /** Column → how many of its cells were filled; every column, in order. */
  public Map<String, Integer> filled() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int c = 0; c < table.columns(); c++) {
      int count = 0;
      for (int r = 0; r < table.rows(); r++) {
        count += hole(r, c) ? 1 : 0;
      }
      counts.put(table.header().get(c), count);
    }
    return counts;
  }

  /**
   * Writes the table: what was there as it was, to the byte; holes filled. With uncertainty, a
   * column of standard deviations is added for each column: empty where the cell was known, and for
   * flags, categories and columns of one value.
   */
  public void write(OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder(table.text().length() + 64);
    text.append(table.text(), 0, table.headerEnd());
    for (int c = 0; uncertainty && c < table.columns(); c++) {
      text.append(table.separator()).append(table.written(table.header().get(c) + SD));
    }
    int at = table.headerEnd();
    for (int r = 0; r < table.rows(); r++) {
      for (int c = 0; c < table.columns(); c++) {
        if (hole(r, c)) {
          text.append(table.text(), at, table.begin(r, c)).append(table.written(value(r, c)));
          at = table.end(r, c);
        }
      }
      int end = table.end(r, table.columns() - 1);
      text.append(table.text(), at, end);
      at = end;
      for (int c = 0; uncertainty && c < table.columns(); c++) {
        text.append(table.separator()).append(hole(r, c) ? sd(r, c) : "");
      }
    }
    text.append(table.text(), at, table.text().length());
    out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** A cell of the completed table as it is written, row 0 the first below the header. */
  public String value(int row, String column) {
    int c = table.header().indexOf(column);
    return hole(row, c) ? value(row, c) : table.cell(row, c);
  }

  private boolean hole(int row, int column) {
    if (layout.columns().get(column) instanceof Column.Still still) {
      String cell = table.cell(row, column);
      return still.numeric() ? NumberText.missingNumber(cell) : NumberText.missing(cell);
    }
    return !grid.known[row][places[column]];
  }

  private String value(int row, int column) {
    Column what = layout.columns().get(column);
    if (what instanceof Column.Quantity quantity) {
      return number(quantity.raw(filled.mean[row][places[column]]), DIGITS);
    }
    if (what instanceof Column.Choice choice) {
      return choice.likeliest(filled.mean[row], places[column]);
    }
    return ((Column.Still) what).text();
  }

  private String sd(int row, int column) {
    return layout.columns().get(column) instanceof Column.Quantity quantity
        ? number(
            Math.min(
                Double.MAX_VALUE, Math.sqrt(filled.variance[row][places[column]]) * quantity.sd()),
            SD_DIGITS)
        : "";
  }

  private static String number(double value, MathContext digits) {
    BigDecimal rounded = new BigDecimal(value).round(digits).stripTrailingZeros();
    int magnitude = rounded.precision() - rounded.scale();
    return rounded.signum() == 0 || (magnitude > -6 && magnitude < 16)
        ? rounded.toPlainString()
        : rounded.toString();
  }
}
