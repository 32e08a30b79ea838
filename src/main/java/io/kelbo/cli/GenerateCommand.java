package io.kelbo.cli;

import io.kelbo.backtest.BadTable;
import io.kelbo.backtest.TableRows;
import io.kelbo.latent.Generation;
import io.kelbo.latent.LatentSpace;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes records like those of a table. */
@Command(
    name = "generate",
    description = "Makes records like those of a table, with any fields given.",
    footer = {
      "",
      "Each field is drawn from its own likelihood, so no record repeats one learned from."
    })
final class GenerateCommand implements Callable<Integer> {
  private static final int MOST = 1_000_000;

  @Spec private CommandSpec spec;
  @Mixin private TableOut out;
  @Mixin private SeedOption seed;

  @Option(names = "--count", paramLabel = "N", required = true, description = "How many records.")
  private int count;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      required = true,
      description = "Learn from this table, CSV, plain or gzipped.")
  private Path train;

  @Option(
      names = {"--given", "--class"},
      paramLabel = "FIELD=VALUE",
      description = "What all records share; may be repeated.")
  private List<String> given = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "csv, or json: an object a line (default: ${DEFAULT-VALUE}).")
  private String format;

  @Override
  public Integer call() {
    if (count < 1 || count > MOST) {
      throw new CommandFailure(
          Failures.USAGE, "--count is '%d' but must lie between 1 and %,d".formatted(count, MOST));
    }
    if (!Set.of("csv", "json").contains(format)) {
      throw new CommandFailure(
          Failures.USAGE, "--format is '%s' but must be csv or json".formatted(format));
    }
    TableOut.requireFile(train);
    out.require();
    try {
      TableRows table = TableRows.read(train, Set.of());
      Observation shared = GivenFields.of(table.layout().fields(), given, categories(table));
      LatentSpace space = Learnt.from(train, table, seed.value());
      List<Observation> records = new Generation(space, seed.value()).records(count, shared);
      Fields fields = space.fields();
      List<String> names = fields.list().stream().map(Field::name).toList();
      List<List<Object>> rows = records.stream().map(record -> cells(fields, record)).toList();
      out.write(
          TableOut.text(
              () ->
                  format.equals("csv")
                      ? WrittenRows.csv(names, rows)
                      : WrittenRows.json(names, rows)));
      return Failures.DONE;
    } catch (BadTable bad) {
      throw Learnt.refused(bad);
    }
  }

  /** The texts that each category was seen with; empty for numbers. */
  private static List<Set<String>> categories(TableRows table) {
    List<Set<String>> all = new ArrayList<>();
    for (int j = 0; j < table.layout().fields().size(); j++) {
      Set<String> seen = new HashSet<>();
      for (Observation row : table.rows()) {
        String text = row.text(j);
        if (text != null) {
          seen.add(text);
        }
      }
      all.add(seen);
    }
    return all;
  }

  private static List<Object> cells(Fields fields, Observation record) {
    List<Object> cells = new ArrayList<>();
    for (int j = 0; j < fields.size(); j++) {
      double number = record.number(j);
      String text = record.text(j);
      FieldKind kind = fields.get(j).kind();
      if (record.missing(j)) {
        cells.add("");
      } else if (text != null) {
        cells.add(text);
      } else if (kind == FieldKind.FLAG) {
        cells.add(number != 0);
      } else if (kind == FieldKind.COUNT) {
        cells.add((long) number);
      } else {
        cells.add(WrittenRows.rounded(number));
      }
    }
    return cells;
  }
}
