package io.kelbo.model;

import io.kelbo.context.Recent;
import io.kelbo.context.Shift;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Value;
import io.kelbo.score.Expectation;
import io.kelbo.score.Guessed;
import io.kelbo.score.Readout;
import io.kelbo.score.Scorer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a record lacks, from what it has: its fields filled, its targets told. One thread's. */
final class Filling {
  private final Model model;
  private final Scorer scorer;

  /**
   * @param scorer the judge's; what it scored last is what is filled
   */
  Filling(Model model, Scorer scorer) {
    this.model = model;
    this.scorer = scorer;
  }

  /**
   * The missing fields of the record scored last, targets apart.
   *
   * @param inputs that record's, without targets
   * @param shift what was taken off it
   */
  List<Imputation> impute(Observation inputs, Shift shift) {
    Fields fields = model.layout().fields();
    if (inputs.present() == fields.inputs()) {
      return List.of();
    }
    scorer.refine();
    List<Imputation> filled = new ArrayList<>();
    for (int j = 0; j < fields.size(); j++) {
      if (inputs.missing(j)
          && !fields.get(j).target()
          && model.encoder().channels().get(j).known()) {
        Expectation expected = Expectation.of(scorer, j);
        filled.add(
            new Imputation(
                fields.get(j).name(),
                Account.moved(expected.value(), shift.of(j)),
                expected.sd(),
                model.provenance().method()));
      }
    }
    return filled;
  }

  /**
   * The missing targets of the record scored last.
   *
   * @param inputs that record's, without targets
   * @param whole that record's, with the targets that it has
   */
  List<Prediction> predict(Observation inputs, Observation whole, Recent recent) {
    List<Prediction> told = new ArrayList<>();
    Guessed guessed = null;
    for (Readout readout : model.readouts()) {
      if (whole.missing(readout.target())) {
        guessed = guessed == null ? Guessed.of(scorer, inputs) : guessed;
        told.add(told(readout, readout.of(guessed, recent.means)));
      }
    }
    return told;
  }

  private Prediction told(Readout readout, Readout.Told told) {
    String name = model.layout().fields().get(readout.target()).name();
    if (readout.classes().isEmpty()) {
      Value value = new Value.Number(told.value());
      return new Prediction(name, value, told.sd(), told.low(), told.high(), List.of());
    }
    List<Prediction.Chance> chances = new ArrayList<>();
    for (int c = 0; c < readout.classes().size(); c++) {
      chances.add(new Prediction.Chance(readout.classes().get(c), told.chances().get(c)));
    }
    chances.sort(Comparator.comparingDouble(Prediction.Chance::chance).reversed());
    Value likeliest = new Value.Text(chances.get(0).category());
    double none = Double.NaN;
    return new Prediction(name, likeliest, none, none, none, chances);
  }
}
