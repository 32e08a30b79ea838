package io.kelbo.backtest;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Imputation;
import io.kelbo.model.ModelId;
import io.kelbo.model.Repairs;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.record.Value;
import io.kelbo.table.BadTable;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the cells of a table that the others of their row speak against. Changes nothing. */
public final class DoubtedCells {
  // No alarm is raised, so it does not matter; training wants one.
  private static final AlarmBudget BUDGET = AlarmBudget.of("0.001");

  private DoubtedCells() {}

  /**
   * A cell that is doubted.
   *
   * @param row from 0, the header not counted
   * @param p probability of a value at least as far out given the row's others, in 0..1
   */
  public record Cell(int row, String column, Value was, double p) {}

  /**
   * @param train learned from instead; null to learn from the file itself, which may hold the wrong
   *     values too
   * @param level cells whose p is below are doubted, in (0, 1)
   * @return row by row
   * @throws BadTable if a file cannot be used, or nothing can be learned from it
   */
  public static List<Cell> find(Path file, @Nullable Path train, double level, long seed)
      throws BadTable {
    TableRows learned = TableRows.read(train == null ? file : train, Set.of());
    TableRows table = train == null ? learned : TableRows.read(file, learned.layout());
    Outcome outcome =
        Trainer.train(
            learned.layout(),
            List.of(run(learned.rows())),
            new TrainingSettings(seed, BUDGET, true).repairing(true),
            new Lineage(new ModelId(ModelId.DEFAULT_SEGMENT, 1), Instant.EPOCH, null, List.of()));
    if (!(outcome instanceof Outcome.Promoted promoted)) {
      throw new BadTable(
          "%s: no wrong values can be told: %s"
              .formatted(train == null ? file : train, outcome.reason()));
    }
    Repairs repairs = new Repairs(promoted.model(), level);
    List<Cell> cells = new ArrayList<>();
    for (int r = 0; r < table.rows().size(); r++) {
      for (Imputation one : repairs.of(table.rows().get(r))) {
        Imputation.Repair repair = Objects.requireNonNull(one.repair(), "only repairs are found");
        cells.add(new Cell(r, one.field(), repair.was(), repair.p()));
      }
    }
    return cells;
  }

  private static Run run(List<Observation> rows) {
    List<Run.Moment> moments = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      Source source = new Source("table", 0, r);
      moments.add(new Run.Moment(Instant.ofEpochSecond(r), source, rows.get(r), false));
    }
    return new Run("table", moments);
  }
}
