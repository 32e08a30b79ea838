package io.kelbo.backtest;

import io.kelbo.record.Declared;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.LayoutInference;
import io.kelbo.record.Observation;
import io.kelbo.record.RecordReader;
import io.kelbo.record.Source;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files as the stream they would have been: one partition, row numbers as offsets. The label column
 * is taken out before anything else looks.
 */
final class History {
  /** What rows come from, in verdicts' ids: the file's name stands for the topic. */
  private static final int PARTITION = 0;

  private final List<Row> rows = new ArrayList<>();
  private final InputLayout layout;
  private final List<LayoutInference.LeftOut> leftOut;
  private final int learned;

  /**
   * One row.
   *
   * @param timestamp the time cell as written, or the row's number
   * @param label 0, 1, or null where the row's file has no labels
   */
  record Row(Incoming incoming, String timestamp, @Nullable String label, boolean scoredFile) {}

  private History(LayoutInference.Inference inferred, int learned) {
    this.layout = inferred.layout();
    this.leftOut = inferred.leftOut();
    this.learned = learned;
  }

  /**
   * @throws BadTable if a file cannot be used
   */
  static History read(BacktestOptions options) throws BadTable {
    List<Table> tables = new ArrayList<>();
    if (options.train() != null) {
      tables.add(Table.read(options.train()));
    }
    for (Path file : options.files()) {
      tables.add(Table.read(file));
    }
    GivenColumns.requireSame(tables, options.label());
    if (options.model() == null) {
      GivenColumns.requireValues(options, tables);
    }
    List<Map<String, Object>> leaves = new ArrayList<>();
    List<@Nullable String> labels = new ArrayList<>();
    for (Table table : tables) {
      int label = label(table, options, table == tables.get(0) && options.train() != null);
      for (int r = 0; r < table.rows(); r++) {
        Map<String, Object> row = table.leaves(r);
        labels.add(label < 0 ? null : zeroOrOne(table, r, label));
        if (options.label() != null) {
          row.remove(options.label());
        }
        leaves.add(row);
      }
    }
    int first = options.train() == null ? 0 : tables.get(0).rows();
    int learned = learned(options, first, leaves.size());
    LayoutInference.Inference inferred = layout(options, tables.get(0), leaves.subList(0, learned));
    MixedColumns.refuse(
        tables.get(0),
        learned,
        inferred.leftOut().stream()
            .filter(out -> out.reason().startsWith("text with "))
            .map(LayoutInference.LeftOut::path)
            .toList());
    History history = new History(inferred, learned);
    history.observe(options, tables, leaves, labels, first);
    return history;
  }

  private static int learned(BacktestOptions options, int trainFile, int all) throws BadTable {
    if (options.model() != null) {
      return 0;
    }
    Path train = options.train();
    int there = train == null ? all : trainFile;
    int usual = train == null ? Math.min(BacktestOptions.DEFAULT_TRAIN_ROWS, all) : trainFile;
    int wanted = options.trainRows() == 0 ? usual : options.trainRows();
    Path file = train == null ? options.files().get(0) : train;
    if (wanted > there) {
      throw new BadTable(
          "%s: --train-rows is %d but there %s"
              .formatted(
                  file,
                  wanted,
                  there == 1 ? "is only 1 row" : "are only %d rows".formatted(there)));
    }
    if (wanted == all) {
      throw new BadTable(
          "%s: all of its %d rows would be learned from and none scored; learn from fewer with --train-rows, or from another file with --train"
              .formatted(file, all));
    }
    return wanted;
  }

  private static LayoutInference.Inference layout(
      BacktestOptions options, Table table, List<Map<String, Object>> rows) throws BadTable {
    Declared declared = options.declared();
    Set<String> ignore = new HashSet<>(declared.ignore());
    if (declared.time() != null) {
      table.columnOf(declared.time(), "--time");
      ignore.add(declared.time());
    }
    String entity = "partition";
    if (declared.entity() != null) {
      entity = declared.entity();
      table.columnOf(entity, "--entity");
      ignore.add(entity);
    }
    if (options.model() != null) {
      return KnownColumns.of(options.model(), declared, table, options.label());
    }
    for (Field field : declared.fields()) {
      table.columnOf(field.name(), "input.fields");
    }
    try {
      List<@Nullable String> keys = Collections.nCopies(rows.size(), null);
      Declared said = new Declared(declared.fields(), ignore, entity, declared.time());
      return LayoutInference.explain(rows, keys, options.tabular() ? said.withoutOrder() : said);
    } catch (IllegalArgumentException nothing) {
      List<String> columns = new ArrayList<>(table.header());
      columns.removeAll(ignore);
      columns.remove(options.label());
      MixedColumns.refuse(table, rows.size(), columns);
      throw new BadTable("%s: %s".formatted(table.file(), nothing.getMessage()));
    }
  }

  private void observe(
      BacktestOptions options,
      List<Table> tables,
      List<Map<String, Object>> leaves,
      List<@Nullable String> labels,
      int trainFile)
      throws BadTable {
    RecordReader reader = new RecordReader(layout, Integer.MAX_VALUE);
    int at = 0;
    Map<String, Integer> named = new HashMap<>();
    for (Table table : tables) {
      String name = String.valueOf(table.file().getFileName());
      int nth = named.merge(name, 1, Integer::sum);
      // train/a.csv and test/a.csv are two streams: ids, and what was learned from, must differ.
      String topic = nth == 1 ? name : name + "#" + nth;
      for (int r = 0; r < table.rows(); r++, at++) {
        Source source = new Source(topic, PARTITION, r);
        Map<String, Object> row = leaves.get(at);
        try {
          Instant time = reader.time(row, Instant.ofEpochSecond(at));
          Observation observation = reader.observe(row);
          String entity =
              layout.entity() instanceof EntityRule.Path
                  ? reader.entity(source, null, row)
                  : "partition-" + PARTITION;
          String stamp =
              layout.timePath() == null
                  ? Integer.toString(r)
                  : String.valueOf(row.getOrDefault(layout.timePath(), ""));
          rows.add(
              new Row(
                  new Incoming(entity, time, source, observation),
                  stamp,
                  labels.get(at),
                  at >= trainFile));
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
  }

  private static int label(Table table, BacktestOptions options, boolean mayLack) throws BadTable {
    String label = options.label();
    if (label == null || (mayLack && table.column(label) < 0)) {
      return -1;
    }
    return table.columnOf(label, "--label");
  }

  private static String zeroOrOne(Table table, int row, int column) throws BadTable {
    String cell = table.cell(row, column);
    return switch (cell) {
      case "0", "0.0" -> "0";
      case "1", "1.0" -> "1";
      default ->
          throw new BadTable(
              "%s: line %d: label column '%s' is '%s' but must be 0 or 1"
                  .formatted(table.file(), table.line(row), table.header().get(column), cell));
    };
  }

  List<Row> rows() {
    return rows;
  }

  InputLayout layout() {
    return layout;
  }

  /** Columns that were not asked to be left out, and why they are. */
  List<LayoutInference.LeftOut> leftOut() {
    return leftOut.stream().filter(out -> !out.reason().equals("named in input.ignore")).toList();
  }

  /** How many of the first rows are learned from. */
  int learned() {
    return learned;
  }
}
