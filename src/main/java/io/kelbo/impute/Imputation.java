package io.kelbo.impute;

import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A table in, the same table without holes out. */
public final class Imputation {
  /** Standard deviations to each side of a value that make its 90 % interval. */
  public static final double Z90 = 1.6448536269514722;

  private Imputation() {}

  /**
   * Learns from a table and fills its holes, or those of another with the same columns.
   *
   * @param progress told what is being done, for people
   * @throws BadTable if a file cannot be used; the message names file, line and column
   */
  public static Completed run(ImputeOptions options, Consumer<String> progress) throws BadTable {
    Table table = Table.read(options.file());
    Table train = options.train() == null ? table : Table.read(options.train());
    sameColumns(train, table);
    if (options.uncertainty()) {
      table.requireFree(
          table.header().stream().map(column -> column + Completed.SD).toList(),
          "rename it, or leave out --uncertainty");
    }
    Layout layout = Layout.learn(train);
    List<Grid.Cell> doubted = doubted(options.doubted(), table, layout);
    Grid holed = layout.grid(table).without(doubted);
    Grid learned = train == table ? holed : layout.grid(train);
    Filled filled = new Filled(holed);
    Findings findings = null;
    if (holed.knownCells() < (long) holed.rows * holed.width) {
      List<int[]> blocks = Blocks.of(learned, layout.owners(), options.seed());
      double mostWork = Candidate.MOST_WORK / blocks.size();
      int begun = 0;
      for (int[] places : blocks) {
        String of =
            blocks.size() == 1 ? "" : "block %,d of %,d: ".formatted(++begun, blocks.size());
        Grid part = learned.part(places);
        Grid asked = holed == learned ? part : holed.part(places);
        if (asked.knownCells() == (long) asked.rows * asked.width) {
          continue;
        }
        int[] owners = layout.owners();
        int[] tied = java.util.Arrays.stream(places).map(j -> owners[j]).toArray();
        Imputer imputer =
            ImputerLearning.learn(
                part, tied, mostWork, options.seed(), what -> progress.accept(of + what));
        put(imputer.fill(asked), places, filled);
        findings = findings == null ? imputer.findings() : findings.and(imputer.findings());
      }
    }
    return new Completed(table, layout, holed, filled, options.uncertainty(), findings);
  }

  /** The places of doubted cells in the grid; those of columns of one value have none. */
  private static List<Grid.Cell> doubted(
      List<ImputeOptions.Place> doubted, Table table, Layout layout) {
    int[] owners = layout.owners();
    List<Grid.Cell> cells = new ArrayList<>();
    for (ImputeOptions.Place place : doubted) {
      int column = table.header().indexOf(place.column());
      for (int j = 0; j < owners.length; j++) {
        if (owners[j] == column) {
          cells.add(new Grid.Cell(place.row(), j));
        }
      }
    }
    return cells;
  }

  private static void put(Filled part, int[] places, Filled whole) {
    for (int r = 0; r < part.mean.length; r++) {
      for (int j = 0; j < places.length; j++) {
        whole.mean[r][places[j]] = part.mean[r][j];
        whole.variance[r][places[j]] = part.variance[r][j];
      }
    }
  }

  private static void sameColumns(Table train, Table table) throws BadTable {
    if (train.header().equals(table.header())) {
      return;
    }
    List<String> lacks = new ArrayList<>(train.header());
    lacks.removeAll(table.header());
    List<String> extra = new ArrayList<>(table.header());
    extra.removeAll(train.header());
    String difference =
        lacks.isEmpty() && extra.isEmpty()
            ? "the order differs: %s against %s"
                .formatted(Table.shown(table.header()), Table.shown(train.header()))
            : "it lacks %s and has %s besides".formatted(Table.shown(lacks), Table.shown(extra));
    throw new BadTable(
        "%s: the columns are not those of %s: %s; give both the same columns"
            .formatted(table.file(), train.file(), difference));
  }
}
