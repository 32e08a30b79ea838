package io.kelbo.model;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A machine with a field of each kind, and a model that learned its first records. */
final class Learned {
  static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  static final int WARM_UP = 300;
  static final Fields FIELDS =
      new Fields(
          List.of(
              new Field("speed", FieldKind.QUANTITY),
              new Field("power", FieldKind.QUANTITY),
              new Field("starts", FieldKind.COUNT),
              new Field("open", FieldKind.FLAG),
              new Field("mode", FieldKind.CATEGORY),
              new Field("serial", FieldKind.QUANTITY))); // never changes
  static final InputLayout LAYOUT = new InputLayout(FIELDS, new EntityRule.Key(), "at");

  private final Random random = new Random(31);
  private long offset;

  Incoming next() {
    double load = random.nextGaussian();
    return record(
        new double[] {
          1500 + 20 * load + 3 * random.nextGaussian(),
          70 + 5 * load + random.nextGaussian(),
          random.nextInt(6),
          random.nextInt(10) == 0 ? 1 : 0,
          Double.NaN,
          4711
        },
        random.nextInt(4) == 0 ? "idle" : "run");
  }

  Incoming record(double[] numbers, String mode) {
    long at = offset++;
    return new Incoming(
        "m-1",
        START.plusSeconds(at),
        new Source("plant", 0, at),
        new Observation(FIELDS, numbers, new String[] {null, null, null, null, mode, null}));
  }

  /** A model of the next {@link #WARM_UP} records. */
  Model model() {
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = 0; i < WARM_UP; i++) {
      Incoming next = next();
      moments.add(new Run.Moment(next.time(), next.source(), next.observation(), false));
    }
    Outcome outcome =
        Trainer.train(
            LAYOUT,
            List.of(new Run("m-1", moments)),
            new TrainingSettings(7, AlarmBudget.of("0.001"), false),
            new Lineage(
                new ModelId("default", 1),
                START,
                null,
                List.of(new Provenance.Offset("plant", 0, WARM_UP))));
    return ((Outcome.Promoted) outcome).model();
  }
}
