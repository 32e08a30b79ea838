package io.kelbo.train;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Verdict;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Streams of measured fields that move over time, a model of their beginning, and its verdicts. */
final class Streams {
  static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

  private Streams() {}

  static Fields fields(int count) {
    return new Fields(
        IntStream.range(0, count).mapToObj(j -> new Field("q" + j, FieldKind.QUANTITY)).toList());
  }

  /** (records)(1): beats of 40 records with a little noise; sharp, then flat. */
  static double[][] beats(int records, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[records][1];
    for (int i = 0; i < records; i++) {
      double phase = (i % 40) / 40.0;
      x[i][0] = 10 * Math.exp(-80 * (phase - 0.3) * (phase - 0.3)) + 0.2 * random.nextGaussian();
    }
    return x;
  }

  /** (records)(count): fields driven by two slow causes, each with noise of its own. */
  static double[][] plant(int records, int count, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[records][count];
    double a = 0;
    double b = 0;
    for (int i = 0; i < records; i++) {
      a = 0.95 * a + 0.31 * random.nextGaussian();
      b = 0.9 * b + 0.44 * random.nextGaussian();
      for (int j = 0; j < count; j++) {
        double cause = j % 2 == 0 ? a : b;
        x[i][j] = 50 + 10 * j + (2 + j) * (cause + 0.15 * random.nextGaussian());
      }
    }
    return x;
  }

  static Observation observation(double[] x) {
    return new Observation(fields(x.length), x, new String[x.length]);
  }

  static Run run(double[][] x, int from, int to) {
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = from; i < to; i++) {
      moments.add(
          new Run.Moment(
              START.plusSeconds(i), new Source("plant", 0, i), observation(x[i]), false));
    }
    return new Run("e", moments);
  }

  static Outcome train(List<Run> runs, int fields) {
    return Trainer.train(
        new InputLayout(fields(fields), new EntityRule.Key(), null),
        runs,
        new TrainingSettings(5, AlarmBudget.of("0.001"), false),
        new Lineage(new ModelId("default", 1), START, null, List.of()));
  }

  /** Of the first records. */
  static Model model(double[][] x, int warmUp) {
    return ((Outcome.Promoted) train(List.of(run(x, 0, warmUp)), x[0].length)).model();
  }

  static Verdict judge(Judge judge, double[] x, int at, EntityState state) {
    Incoming incoming =
        new Incoming("e", START.plusSeconds(at), new Source("plant", 0, at), observation(x));
    return judge.judge(incoming, state).verdict();
  }

  /** Of all records, the state written and read between any two. */
  static List<Verdict> verdicts(Model model, double[][] x, int records) {
    Judge judge = new Judge(model, Duration.ofHours(1));
    Fields fields = fields(x[0].length);
    byte[] bytes = null;
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      EntityState state = EntityState.read("e", fields, bytes);
      verdicts.add(judge(judge, x[i], i, state));
      bytes = state.write();
    }
    return verdicts;
  }
}
