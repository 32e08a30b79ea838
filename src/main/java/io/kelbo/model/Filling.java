package io.kelbo.model;

import io.kelbo.context.Recent;
import io.kelbo.context.Shift;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Value;
import io.kelbo.score.Doubts;
import io.kelbo.score.Expectation;
import io.kelbo.score.Guessed;
import io.kelbo.score.Readout;
import io.kelbo.score.Scorer;
import io.kelbo.score.Tails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a record lacks, from what it has: its fields filled, its targets told; a value that the
 * others speak against may count as lacking. One thread's.
 */
final class Filling {
  private final Model model;
  private final Scorer scorer;
  private final double level;
  private final @Nullable Doubts doubts;

  /**
   * @param scorer the judge's; what it scored last is what is filled
   * @param level values whose p given the other fields is below are replaced; 0: none
   * @param tails how far out residuals lie
   */
  Filling(Model model, Scorer scorer, double level, Tails tails) {
    this.model = model;
    this.scorer = scorer;
    this.level = level;
    this.doubts = level > 0 ? new Doubts(scorer, tails) : null;
  }

  /** What came of filling a record: its inputs without what is doubted, and what was filled. */
  record Filled(Observation inputs, List<Imputation> imputations) {}

  /** The missing fields of the record scored last, targets apart, and those that are doubted. */
  Filled fill(Reading reading) {
    Observation inputs = reading.inputs();
    Observation came = reading.came();
    Shift shift = reading.shift();
    if (doubts == null) {
      if (inputs.present() < inputs.fields().inputs()) {
        scorer.refine();
      }
      return new Filled(inputs, reading.filled(impute(came, inputs, Map.of(), shift)));
    }
    Map<Integer, Double> doubted = new HashMap<>();
    doubts.find(inputs, level).forEach(doubt -> doubted.put(doubt.field(), doubt.p()));
    Observation left = inputs.without(doubted.keySet());
    return new Filled(left, reading.filled(impute(came, left, doubted, shift)));
  }

  /** After all was filled and told: the scorer is again as it was after scoring. */
  void restore() {
    if (doubts != null) {
      doubts.restore();
    }
  }

  private List<Imputation> impute(
      Observation came, Observation left, Map<Integer, Double> doubted, Shift shift) {
    Fields fields = model.layout().fields();
    List<Imputation> filled = new ArrayList<>();
    for (int j = 0; j < fields.size() && left.present() < fields.inputs(); j++) {
      if (left.missing(j) && !fields.get(j).target() && model.encoder().channels().get(j).known()) {
        Expectation expected = Expectation.of(scorer, j);
        Value was = came.value(j);
        filled.add(
            new Imputation(
                fields.get(j).name(),
                Account.moved(expected.value(), shift.of(j)),
                expected.sd(),
                model.provenance().method(),
                was == null ? null : new Imputation.Repair(was, doubted.getOrDefault(j, 0.0))));
      }
    }
    return filled;
  }

  /**
   * The missing targets of the record scored last.
   *
   * @param inputs what is left of that record's, without targets
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
