package io.kelbo.backtest;

import io.kelbo.record.Declared;
import io.kelbo.record.InputLayout;
import io.kelbo.record.LayoutInference;
import io.kelbo.record.NumberText;
import io.kelbo.record.Observation;
import io.kelbo.record.RecordReader;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A CSV file as records without order. */
public final class TableRows {
  private final Table table;
  private final InputLayout layout;
  private final List<Observation> rows = new ArrayList<>();

  private TableRows(Table table, InputLayout layout) throws BadTable {
    this.table = table;
    this.layout = layout;
    RecordReader reader = new RecordReader(layout, Integer.MAX_VALUE);
    for (int r = 0; r < table.rows(); r++) {
      try {
        rows.add(reader.observe(table.leaves(r)));
      } catch (UnreadableRecord wrong) {
        throw new BadTable(
            "%s: line %d: %s"
                .formatted(
                    table.file(),
                    table.line(r),
                    String.valueOf(wrong.getMessage()).replaceFirst("^field ", "column ")));
      }
    }
  }

  /**
   * Infers what the columns are.
   *
   * @param without columns that are not learned from
   * @throws BadTable if the file cannot be used or lacks such a column
   */
  public static TableRows read(Path file, Set<String> without) throws BadTable {
    Table table = Table.read(file);
    for (String name : without) {
      table.columnOf(name, "the order");
    }
    List<Map<String, Object>> leaves = new ArrayList<>();
    for (int r = 0; r < table.rows(); r++) {
      leaves.add(table.leaves(r));
    }
    List<@Nullable String> keys = Collections.nCopies(leaves.size(), null);
    try {
      return new TableRows(
          table,
          LayoutInference.infer(
              leaves, keys, new Declared(List.of(), without, "partition", null).withoutOrder()));
    } catch (IllegalArgumentException nothing) {
      throw new BadTable("%s: %s".formatted(file, nothing.getMessage()));
    }
  }

  /**
   * Reads the columns as another table's; those that are missing are unknown.
   *
   * @throws BadTable if the file cannot be used
   */
  public static TableRows read(Path file, InputLayout layout) throws BadTable {
    Table table = Table.read(file);
    for (var field : layout.fields().list()) {
      table.columnOf(field.name(), "what was learned");
    }
    return new TableRows(table, layout);
  }

  public InputLayout layout() {
    return layout;
  }

  public List<Observation> rows() {
    return List.copyOf(rows);
  }

  /**
   * A column's numbers, NaN where there is none.
   *
   * @throws BadTable if there is no such column
   */
  public double[] numbers(String column) throws BadTable {
    int at = table.columnOf(column, "the order");
    return IntStream.range(0, table.rows())
        .mapToDouble(r -> NumberText.parse(table.cell(r, at)))
        .toArray();
  }
}
