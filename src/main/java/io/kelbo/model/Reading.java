package io.kelbo.model;

import io.kelbo.context.EntityState;
import io.kelbo.context.Shift;
import io.kelbo.context.Totals;
import io.kelbo.record.Incoming;
import io.kelbo.record.Observation;
import io.kelbo.record.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A record as a model reads it, and the way back: what is found of a running total is said of where
 * it stands.
 *
 * @param came as it came
 * @param grown with what its running totals grew by
 * @param inputs on the levels that the model learned, without targets
 * @param shift what was taken off for that
 * @param totals where its running totals stood before
 */
record Reading(
    Observation came, Observation grown, Observation inputs, Shift shift, Totals totals) {
  static Reading of(Incoming incoming, EntityState state) {
    Observation came = incoming.observation();
    Totals totals = state.totals(incoming.source().topic());
    Shift shift = state.notes().shift();
    Observation grown = totals.growth(came);
    return new Reading(came, grown, shift.applied(grown).withoutTargets(), shift, totals);
  }

  /** Why it cannot be scored, where its inputs have no value. */
  String unscorable() {
    return came.withoutTargets().present() == 0
        ? "no known field has a value"
        : "a total's first value does not say what it grows by";
  }

  /**
   * Whether anything can be said of a field: of a target nothing is, of a total that is missing
   * nobody knows where it should stand if nobody knows where it stood.
   */
  boolean tells(int field) {
    return !came.fields().get(field).target() && (totals.known(field) || !came.missing(field));
  }

  List<FieldFinding> told(List<FieldFinding> found) {
    if (!totals.any()) {
      return found;
    }
    List<FieldFinding> told = new ArrayList<>(found.size());
    for (FieldFinding one : found) {
      int j = came.fields().place(one.name());
      told.add(
          came.fields().get(j).total() && one.expected() instanceof Value.Number expected
              ? new FieldFinding(
                  one.name(),
                  came.value(j),
                  new Value.Number(totals.told(j, expected.number(), came.number(j))),
                  totals.known(j) ? totals.told(j, one.low(), Double.NaN) : Double.NaN,
                  totals.known(j) ? totals.told(j, one.high(), Double.NaN) : Double.NaN,
                  one.contribution(),
                  one.culprit())
              : one);
    }
    return told;
  }

  /** For a total that is not known from before, nothing can be filled in. */
  List<Imputation> filled(List<Imputation> filled) {
    if (!totals.any()) {
      return filled;
    }
    List<Imputation> told = new ArrayList<>(filled.size());
    for (Imputation one : filled) {
      int j = came.fields().place(one.field());
      if (!came.fields().get(j).total() || !(one.value() instanceof Value.Number growth)) {
        told.add(one);
      } else if (totals.known(j)) {
        told.add(
            new Imputation(
                one.field(),
                new Value.Number(totals.told(j, growth.number(), Double.NaN)),
                totals.sd(j, growth.number(), one.sd()),
                one.method(),
                one.repair()));
      }
    }
    return told;
  }
}
