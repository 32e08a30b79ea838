package io.kelbo.train;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runs of records whose fields hang together, straight or on a curve, and how to train on them. */
final class Sampled {
  static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  static final int D = 4;
  static final Fields FIELDS =
      new Fields(
          List.of(
              new Field("a", FieldKind.QUANTITY),
              new Field("b", FieldKind.QUANTITY),
              new Field("c", FieldKind.QUANTITY),
              new Field("d", FieldKind.QUANTITY)));
  static final InputLayout LAYOUT = new InputLayout(FIELDS, new EntityRule.Key(), null);
  static final TrainingSettings SETTINGS = new TrainingSettings(11, AlarmBudget.of("0.001"), false);

  private Sampled() {}

  static double[] straight(Random random) {
    double t = random.nextGaussian();
    double u = random.nextGaussian();
    return new double[] {t, 2 * t + 0.3 * random.nextGaussian(), u, t - u};
  }

  static double[] curve(Random random) {
    double t = 4 * random.nextDouble() - 2;
    double e = 0.1 * random.nextGaussian();
    return new double[] {
      t + 0.1 * random.nextGaussian(), Math.exp(t) + e, 2 * Math.tanh(2 * t) - e, e + t * t * t / 3
    };
  }

  static double[] unrelated(Random random) {
    return random.doubles(D).map(x -> 1.5 * random.nextGaussian()).toArray();
  }

  static Run.Moment moment(double[] x, long second, int partition, long offset, boolean flagged) {
    return new Run.Moment(
        START.plusSeconds(second),
        new Source("plant", partition, offset),
        new Observation(FIELDS, x, new String[D]),
        flagged);
  }

  /** What draws the x of a record. */
  interface Draw {
    double[] next(Random random);
  }

  /**
   * Runs of {@code length} consecutive records of {@code entities} entities, one partition each.
   */
  static List<Run> runs(int entities, int length, long seed, Draw draw) {
    Random random = new Random(seed);
    List<Run> runs = new ArrayList<>();
    for (int e = 0; e < entities; e++) {
      List<Run.Moment> moments = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        moments.add(moment(draw.next(random), i, e, i, false));
      }
      runs.add(new Run("e" + e, moments));
    }
    return runs;
  }

  static Lineage lineage(int version, @Nullable Model champion) {
    return new Lineage(
        new ModelId("default", version),
        START.plusSeconds(99_999),
        champion,
        champion == null ? List.of(new Provenance.Offset("plant", 0, 100)) : List.of());
  }

  static Outcome train(List<Run> runs, @Nullable Model champion) {
    return Trainer.train(LAYOUT, runs, SETTINGS, lineage(champion == null ? 1 : 2, champion));
  }

  static Model model(Outcome outcome) {
    return ((Outcome.Promoted) outcome).model();
  }
}
