package io.kelbo.bench;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Judge;
import io.kelbo.model.ModelId;
import io.kelbo.model.Prediction;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.FieldRole;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Targets told of records as the stream has them, by the engine itself. */
final class ToldStream {
  private ToldStream() {}

  /** Rows as records of one entity, the target absent from those that are asked. */
  static List<Prediction> of(double[][] in, double[] numbers, List<String> labels, double[][] out) {
    List<Field> list = new ArrayList<>();
    for (int c = 0; c < in[0].length; c++) {
      list.add(new Field("x" + c, FieldKind.QUANTITY));
    }
    FieldKind kind = labels == null ? FieldKind.QUANTITY : FieldKind.CATEGORY;
    list.add(new Field("target", kind, FieldRole.TARGET));
    Fields fields = new Fields(list);
    List<Run.Moment> moments = new ArrayList<>();
    for (int r = 0; r < in.length; r++) {
      double number = labels == null ? numbers[r] : Double.NaN;
      moments.add(
          new Run.Moment(
              Instant.ofEpochSecond(r),
              new Source("rows", 0, r),
              row(fields, in[r], number, labels == null ? null : labels.get(r)),
              false));
    }
    Outcome outcome =
        Trainer.train(
            new InputLayout(fields, new EntityRule.Partition(), null),
            List.of(new Run("rows", moments)),
            new TrainingSettings(1, AlarmBudget.of("0.001"), false),
            new Lineage(new ModelId("default", 1), Instant.EPOCH, null, List.of()));
    Judge judge = new Judge(((Outcome.Promoted) outcome).model(), Duration.ofDays(1), false);
    EntityState state = EntityState.fresh("rows", fields);
    List<Prediction> told = new ArrayList<>();
    for (int r = 0; r < out.length; r++) {
      Observation record = row(fields, out[r], Double.NaN, null);
      Instant time = Instant.ofEpochSecond((long) in.length + r);
      Source source = new Source("rows", 0, (long) in.length + r);
      told.add(judge.judge(new Incoming("rows", time, source, record), state).predictions().get(0));
    }
    return told;
  }

  private static Observation row(Fields fields, double[] x, double number, String label) {
    double[] numbers = Arrays.copyOf(x, fields.size());
    numbers[x.length] = number;
    String[] texts = new String[fields.size()];
    texts[x.length] = label;
    return new Observation(fields, numbers, texts);
  }
}
