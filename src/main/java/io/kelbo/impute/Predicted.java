package io.kelbo.impute;

import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table with what was predicted beside it, and how good predictions were where that is known. */
public final class Predicted {
  private static final MathContext DIGITS = new MathContext(7);
  private static final MathContext FEWER = new MathContext(4);

  private final Table table;
  private final String target;
  private final List<String> classes; // empty for a number
  private final double[][] answers; // (rows) value and sd, or (classes) chances; empty: not asked
  private final Map<String, Object> facts;

  Predicted(
      Table table,
      String target,
      List<String> classes,
      double[][] answers,
      Map<String, Object> facts) {
    this.table = table;
    this.target = target;
    this.classes = List.copyOf(classes);
    this.answers = answers;
    this.facts = new LinkedHashMap<>(facts);
  }

  /**
   * Rows, predictions, models by weight, quality on held-out rows, and on the rows of the table
   * itself that know the target.
   */
  public Map<String, Object> facts() {
    return new LinkedHashMap<>(facts);
  }

  /**
   * @throws BadTable if a column already has the name of one that will be added
   */
  static void requireFreeNames(Table table, String target, List<String> classes) throws BadTable {
    table.requireFree(added(target, classes), "rename it or take it out");
  }

  /** What is appended to the target's name to name the added columns. */
  private static List<String> added(String target, List<String> classes) {
    List<String> names = new ArrayList<>();
    names.add(target + "__predicted");
    if (classes.isEmpty()) {
      names.addAll(List.of(target + "__sd", target + "__low", target + "__high"));
    } else {
      classes.forEach(name -> names.add(target + "__p__" + name));
    }
    return names;
  }

  /**
   * Writes the table as it was, to the byte, with columns added: value, standard deviation and 90 %
   * interval of a number; the likeliest class and each class's chance. Empty where not asked.
   */
  public void write(OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder(2 * table.text().length());
    text.append(table.text(), 0, table.headerEnd());
    for (String name : added(target, classes)) {
      text.append(table.separator()).append(table.written(name));
    }
    int at = table.headerEnd();
    for (int r = 0; r < table.rows(); r++) {
      int end = table.end(r, table.columns() - 1);
      text.append(table.text(), at, end);
      at = end;
      for (String cell : cells(answers[r])) {
        text.append(table.separator()).append(table.written(cell));
      }
    }
    text.append(table.text(), at, table.text().length());
    out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private List<String> cells(double[] answer) {
    List<String> cells = new ArrayList<>();
    if (answer.length == 0) {
      added(target, classes).forEach(name -> cells.add(""));
    } else if (classes.isEmpty()) {
      double far = Imputation.Z90 * answer[1];
      cells.add(number(answer[0], DIGITS));
      cells.add(number(answer[1], FEWER));
      cells.add(number(answer[0] - far, DIGITS));
      cells.add(number(answer[0] + far, DIGITS));
    } else {
      cells.add(classes.get(TargetQuality.likeliest(answer)));
      for (double chance : answer) {
        cells.add(number(chance, FEWER));
      }
    }
    return cells;
  }

  private static String number(double value, MathContext digits) {
    double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    BigDecimal rounded = new BigDecimal(finite).round(digits).stripTrailingZeros();
    int magnitude = rounded.precision() - rounded.scale();
    return rounded.signum() == 0
        ? "0"
        : magnitude > -6 && magnitude < 16 ? rounded.toPlainString() : rounded.toString();
  }
}
