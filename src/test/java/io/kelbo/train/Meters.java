package io.kelbo.train;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Judge;
import io.kelbo.model.Judged;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Opinion;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Two electricity meters of one model, whose energy only ever grows, one from far higher up; each
 * counts its outages, too, which are few.
 */
final class Meters {
  static final int LEARNED = 1500; // records of each meter
  static final int RECORDS = 3000;
  static final int FAULT = 2500;
  static final double NONE = Double.NaN;
  static final Fields FIELDS =
      new Fields(
          List.of(
              new Field("voltage", FieldKind.QUANTITY),
              new Field("power", FieldKind.QUANTITY),
              new Field("energy", FieldKind.TOTAL).stepping(0.5),
              new Field("outages", FieldKind.TOTAL).stepping(Field.COUNTED)));
  static final String[] METERS = {"low", "high"};
  static final double[][][] ROWS = {rows(20, 1), rows(4e6, 2)};
  static final Model MODEL = learned();

  private Meters() {}

  /** (records)(fields): the power goes up and down, and the energy is its sum. */
  private static double[][] rows(double stands, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[RECORDS][];
    double energy = stands;
    int outages = (int) stands;
    for (int i = 0; i < RECORDS; i++) {
      double power = 10 * (1.5 + Math.sin(i / 50.0)) * Math.exp(0.1 * random.nextGaussian());
      energy += power / 30 * Math.exp(0.05 * random.nextGaussian());
      outages += random.nextInt(50) == 0 ? 1 : 0;
      x[i] = new double[] {230 + random.nextGaussian(), power, energy, outages};
    }
    return x;
  }

  static Observation observation(double... row) {
    return new Observation(FIELDS, row, new String[row.length]);
  }

  static Incoming incoming(int meter, int at, double... row) {
    return new Incoming(
        METERS[meter],
        Streams.START.plusSeconds(at),
        new Source("meters", meter, at),
        observation(row));
  }

  private static Model learned() {
    List<Run> runs = new ArrayList<>();
    for (int meter = 0; meter < METERS.length; meter++) {
      List<Run.Moment> moments = new ArrayList<>();
      for (int i = 0; i < LEARNED; i++) {
        Incoming row = incoming(meter, i, ROWS[meter][i]);
        moments.add(new Run.Moment(row.time(), row.source(), row.observation(), false));
      }
      runs.add(new Run(METERS[meter], moments));
    }
    Outcome outcome =
        Trainer.train(
            new InputLayout(FIELDS, new EntityRule.Key(), null),
            runs,
            new TrainingSettings(1, AlarmBudget.of("0.001"), false),
            new Lineage(new ModelId("default", 1), Streams.START, null, List.of()));
    return ((Outcome.Promoted) outcome).model();
  }

  /** What is said of a meter's records after those learned from, as it would be in a stream. */
  static List<Judged> judged(int meter, double[][] rows, int until) {
    return judged(meter, rows, until, 0, null);
  }

  /**
   * @param heard before which record an opinion of an anomaly is heeded; null for none
   */
  static List<Judged> judged(
      int meter, double[][] rows, int until, int heard, @Nullable Opinion opinion) {
    Judge judge = new Judge(MODEL, Duration.ofHours(1));
    byte[] bytes = null;
    List<Judged> all = new ArrayList<>();
    for (int i = LEARNED - 200; i < until; i++) {
      EntityState state = EntityState.read(METERS[meter], FIELDS, bytes);
      if (opinion != null && i == heard) {
        judge.heed(List.of(opinion), state);
      }
      Judged one = judge.judge(incoming(meter, i, rows[i]), state);
      bytes = state.write();
      if (i >= LEARNED) {
        all.add(one);
      }
    }
    return all;
  }

  /** The rows of a meter with another row in place of the one of the fault. */
  static double[][] with(int meter, double... row) {
    double[][] rows = ROWS[meter].clone();
    rows[FAULT] = row;
    return rows;
  }
}
