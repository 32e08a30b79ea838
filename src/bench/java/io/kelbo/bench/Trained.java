package io.kelbo.bench;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Run;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import io.kelbo.vae.Head;
import io.kelbo.vae.Likelihood;
import io.kelbo.vae.LinearStart;
import io.kelbo.vae.Network;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Shape;
import io.kelbo.vae.VaeTraining;
import io.kelbo.vae.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What training consists of, by us and by DL4J. */
public class Trained {
  private static final int LONG = 20_000;

  /** Rows of 38 fields, and where training starts. */
  @State(Scope.Thread)
  public static class Start {
    private Learned learned;

    @Setup
    public void learn() {
      learned = new Learned();
    }
  }

  /** DL4J's layer and the same rows in batches of 64. */
  @State(Scope.Thread)
  public static class Peer {
    private Dl4jVae vae;

    @Setup
    public void build() {
      vae = new Dl4jVae(Made.numbers(3000, Learned.FIELDS, 1), 64);
    }
  }

  /** 400 rows of 16 fields. */
  @State(Scope.Thread)
  public static class Small {
    private final Rows rows = new Rows();
    private final List<Head> heads =
        IntStream.range(0, 16).mapToObj(j -> new Head(Likelihood.GAUSSIAN, j, 1)).toList();

    @Setup
    public void make() {
      Workspace w = new Workspace(new Shape(heads, 1, 0));
      for (double[] row : Made.numbers(400, 16, 1)) {
        System.arraycopy(row, 0, w.input, 0, row.length);
        System.arraycopy(row, 0, w.target, 0, row.length);
        java.util.Arrays.fill(w.mask, 1);
        rows.add(w);
      }
    }
  }

  /** A sample as the trainer gets it. */
  @State(Scope.Thread)
  public static class Sample {
    private InputLayout layout;
    private List<Run> runs;
    private Model champion;

    @Setup
    public void make() {
      layout = Made.layout(Learned.FIELDS);
      runs = Made.run(layout.fields(), LONG);
      // Of a tenth of the records, so that the challenger passes the gate for knowing more.
      List<Run> first =
          runs.stream()
              .map(run -> new Run(run.entity(), run.moments().subList(0, LONG / 10)))
              .toList();
      champion = promoted(train(first, null));
    }

    private Outcome train(List<Run> sample, @Nullable Model champion) {
      return Trainer.train(
          layout,
          sample,
          new TrainingSettings(1, AlarmBudget.of("0.001"), false),
          new Lineage(
              new ModelId("default", champion == null ? 1 : 2),
              Instant.EPOCH,
              champion,
              champion == null ? List.of(new Provenance.Offset("made", 0, 0)) : List.of()));
    }

    private static Model promoted(Outcome outcome) {
      if (outcome instanceof Outcome.Promoted promoted) {
        return promoted.model();
      }
      throw new IllegalStateException("a training to be measured ended early: " + outcome.reason());
    }

    private Model retrained() {
      Model model = promoted(train(runs, champion));
      if (!model.provenance().figures().containsKey("gate_gain")) {
        throw new IllegalStateException("the gate compared nothing");
      }
      return model;
    }
  }

  /** One epoch over 3,000 rows. */
  @Benchmark
  public Network kelbo(Start ours) {
    LinearStart.Fitted start = ours.learned.start;
    return VaeTraining.train(
        start.network(), ours.learned.rows, start.weights(), new boolean[Learned.FIELDS], 1, 1);
  }

  /** One epoch over 2,944 rows. */
  @Benchmark
  public int dl4j(Peer peer) {
    return peer.vae.epoch();
  }

  /** Robust factor analysis, three rounds of fifteen steps. */
  @Benchmark
  public Network fa(Small small) {
    return LinearStart.fit(small.heads, small.rows, 8, new boolean[16]).network();
  }

  /**
   * A whole retraining: five folds of factor analysis, the branch on as many as it wins, the gate
   * against a champion, calibration, streams, the model.
   */
  @Benchmark
  public Model retrain(Sample sample) {
    return sample.retrained();
  }
}
