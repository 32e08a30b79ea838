package io.kelbo.train;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
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
import java.util.stream.IntStream;

/** Tables of quantities without order: how to learn them and what is said of their rows. */
final class Tables {
  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

  private Tables() {}

  private static Fields fields(int d) {
    return new Fields(
        IntStream.range(0, d).mapToObj(j -> new Field("f" + j, FieldKind.QUANTITY)).toList());
  }

  /** A model of these rows, none of which it knows to be an anomaly. */
  static Model learn(List<double[]> rows) {
    int d = rows.get(0).length;
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      moments.add(
          new Run.Moment(
              START.plusSeconds(i),
              new Source("table", 0, i),
              new Observation(fields(d), rows.get(i), new String[d]),
              false));
    }
    return Sampled.model(
        Trainer.train(
            new InputLayout(fields(d), new EntityRule.Partition(), null),
            List.of(new Run("table", moments)),
            new TrainingSettings(1, AlarmBudget.of("0.01"), true),
            new Lineage(Sampled.lineage(1, null).id(), START, null, List.of())));
  }

  /** The same model without the rows it stands among: what the network alone says. */
  static Model alone(Model model) {
    return new Model(
        model.id(),
        model.layout(),
        model.encoder(),
        model.patterns(),
        model.network(),
        model.calibration(),
        model.thresholdP(),
        model.provenance());
  }

  static List<Verdict> verdicts(Model model, List<double[]> rows) {
    int d = rows.get(0).length;
    Judge judge = new Judge(model, Duration.ofDays(1));
    EntityState state = EntityState.fresh("table", fields(d));
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Incoming incoming =
          new Incoming(
              "table",
              START.plusSeconds(i),
              new Source("table", 0, i),
              new Observation(fields(d), rows.get(i), new String[d]));
      verdicts.add(judge.judge(incoming, state).verdict());
    }
    return verdicts;
  }

  /** The share of pairs in which the strange row surprises more: the area under the ROC. */
  static double ranked(List<Verdict> strange, List<Verdict> normal) {
    double won = 0;
    for (Verdict s : strange) {
      for (Verdict n : normal) {
        won += s.surprisal() > n.surprisal() ? 1 : 0;
      }
    }
    return won / strange.size() / normal.size();
  }
}
