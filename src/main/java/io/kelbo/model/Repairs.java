package io.kelbo.model;

import io.kelbo.context.Recent;
import io.kelbo.context.Shift;
import io.kelbo.context.Totals;
import io.kelbo.record.Observation;
import io.kelbo.score.Scorer;
import java.util.Arrays;
import java.util.List;

/** Finds the values of rows without order that the others of their row speak against. */
public final class Repairs {
  private final Scorer scorer;
  private final Filling filling;
  private final Recent alone;

  /**
   * @param level values whose p given the other fields is below are doubted, in (0, 1)
   */
  public Repairs(Model model, double level) {
    this.scorer = new Scorer(model.encoder(), model.network(), model.patterns(), model.crowd());
    this.filling = new Filling(model, scorer, level, model.tails());
    this.alone = new Recent(model.layout().fields().size());
    Arrays.fill(alone.means, Double.NaN);
    alone.depth = 1;
  }

  /** What would be put in their places, in the order of the fields. */
  public List<Imputation> of(Observation row) {
    Observation inputs = row.withoutTargets();
    Reading reading = new Reading(row, row, inputs, Shift.NONE, Totals.unknown(row.fields()));
    scorer.score(inputs, alone);
    return filling.fill(reading).imputations().stream()
        .filter(filled -> filled.repair() != null)
        .toList();
  }
}
