package io.kelbo.bench;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.returntypes.DiVector;
import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.Judge;
import io.kelbo.model.Judged;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.record.Value;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One stream with faults, explained by Kelbo and by a forest that saw the same records. */
final class ExplainedStream {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int TREES = 50;
  private static final int COVERED_EVERY = 70; // half the records between two faults

  private final InputLayout layout;
  private final FaultyStream faulty;
  private final Judge judge;
  private final EntityState state;
  private final RandomCutForest forest;
  private long offset;
  private int flagged;
  private long cells;
  private long covered;

  final Map<FaultKind, Blame> kelbo = new LinkedHashMap<>();
  final Map<FaultKind, Blame> kelboFlagged = new LinkedHashMap<>();
  final Map<FaultKind, Blame> forests = new LinkedHashMap<>();

  /**
   * @param learned (rows, fields) free of faults, learned first
   */
  ExplainedStream(double[][] learned, FaultyStream faulty) {
    this.faulty = faulty;
    int fields = learned[0].length;
    this.layout = Made.layout(fields);
    this.state = EntityState.fresh("machine", layout.fields());
    this.forest =
        RandomCutForest.builder()
            .dimensions(fields)
            .numberOfTrees(TREES)
            .parallelExecutionEnabled(false)
            .randomSeed(1)
            .build();
    List<Run.Moment> moments = new ArrayList<>();
    for (double[] row : learned) {
      Incoming incoming = incoming(row);
      moments.add(
          new Run.Moment(incoming.time(), incoming.source(), incoming.observation(), false));
      forest.update(floats(row));
    }
    this.judge = new Judge(model(moments), Duration.ofDays(1));
    for (Run.Moment m : moments) {
      judge.judge(new Incoming("machine", m.time(), m.source(), m.observation()), state);
    }
  }

  private Model model(List<Run.Moment> moments) {
    Outcome outcome =
        Trainer.train(
            layout,
            List.of(new Run("machine", moments)),
            new TrainingSettings(1, AlarmBudget.of("0.001"), false),
            new Lineage(
                new ModelId("default", 1),
                START,
                null,
                List.of(new Provenance.Offset("made", 0, moments.size()))));
    if (outcome instanceof Outcome.Promoted promoted) {
      return promoted.model();
    }
    throw new IllegalStateException("nothing could be learned: " + outcome.reason());
  }

  private Incoming incoming(double[] row) {
    Observation observation = new Observation(layout.fields(), row, new String[row.length]);
    long at = offset++;
    return new Incoming("machine", START.plusSeconds(at), new Source("made", 0, at), observation);
  }

  private static float[] floats(double[] row) {
    float[] floats = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      floats[j] = (float) row[j];
    }
    return floats;
  }

  /** Runs the stream through both. */
  ExplainedStream run() {
    int next = 0;
    for (int i = 0; i < faulty.rows.length; i++) {
      Incoming incoming = incoming(faulty.rows[i]);
      Judged judged = judge.judge(incoming, state);
      FaultyStream.Injected fault =
          next < faulty.faults.size() && faulty.faults.get(next).at() == i
              ? faulty.faults.get(next++)
              : null;
      if (fault != null) {
        explain(fault, judged.verdict().kind() == VerdictKind.ANOMALY);
      } else if (next < faulty.faults.size() && faulty.faults.get(next).at() - i == COVERED_EVERY) {
        cover(judge.findings());
      }
      forest.update(floats(faulty.rows[i]));
    }
    return this;
  }

  private void explain(FaultyStream.Injected fault, boolean anomaly) {
    List<FieldFinding> findings = judge.findings();
    List<Integer> order =
        findings.stream().map(f -> Integer.parseInt(f.name().substring(1))).toList();
    kelbo.computeIfAbsent(fault.kind(), k -> new Blame()).add(order, fault.fields());
    if (anomaly) {
      flagged++;
      Blame blame = kelboFlagged.computeIfAbsent(fault.kind(), k -> new Blame());
      blame.add(order, fault.fields());
      Set<Integer> culprits =
          findings.stream()
              .filter(FieldFinding::culprit)
              .map(f -> Integer.parseInt(f.name().substring(1)))
              .collect(Collectors.toSet());
      blame.add(culprits, fault.fields());
    }
    DiVector attribution = forest.getAnomalyAttribution(floats(faulty.rows[fault.at()]));
    List<Integer> theirs =
        IntStream.range(0, order.size())
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -attribution.getHighLowSum(j)))
            .toList();
    forests.computeIfAbsent(fault.kind(), k -> new Blame()).add(theirs, fault.fields());
  }

  private void cover(List<FieldFinding> findings) {
    for (FieldFinding finding : findings) {
      if (finding.value() instanceof Value.Number number) {
        cells++;
        covered += number.number() >= finding.low() && number.number() <= finding.high() ? 1 : 0;
      }
    }
  }

  int flagged() {
    return flagged;
  }

  /** Share of normal values within their interval of 99 %. */
  double coverage() {
    return (double) covered / cells;
  }
}
