package io.kelbo.bench;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Judge;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
import io.kelbo.model.Verdict;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A whole verdict in its stream, adaptation included; normal records, so that nothing is explained.
 */
public class Judged {
  private static final int LEARNED = 4000;
  private static final int STREAMED = 20_000;

  /** One entity's stream, and the judge of it. */
  @State(Scope.Thread)
  public static class Stream {
    @Param({"38", "1"})
    public int fields;

    private Judge judge;
    private EntityState state;
    private final List<Incoming> records = new ArrayList<>();
    private int next;

    @Setup
    public void learn() {
      InputLayout layout = Made.layout(fields);
      double[][] rows = FaultyStream.plant(LEARNED + STREAMED, fields, 1);
      List<Run.Moment> moments = new ArrayList<>();
      for (int i = 0; i < rows.length; i++) {
        Incoming in =
            new Incoming(
                "machine",
                Instant.EPOCH.plusSeconds(i),
                new Source("made", 0, i),
                Made.observations(layout.fields(), new double[][] {rows[i]}).get(0));
        if (i < LEARNED) {
          moments.add(new Run.Moment(in.time(), in.source(), in.observation(), false));
        } else {
          records.add(in);
        }
      }
      Outcome outcome =
          Trainer.train(
              layout,
              List.of(new Run("machine", moments)),
              new TrainingSettings(1, AlarmBudget.of("0.001"), false),
              new Lineage(
                  new ModelId("default", 1),
                  Instant.EPOCH,
                  null,
                  List.of(new Provenance.Offset("made", 0, LEARNED))));
      judge = new Judge(((Outcome.Promoted) outcome).model(), Duration.ofDays(1000), false);
      state = EntityState.fresh("machine", layout.fields());
    }
  }

  /** The next record; round the end the same come again, time moves on no further than a day's. */
  @Benchmark
  public Verdict judge(Stream stream) {
    stream.next = (stream.next + 1) % stream.records.size();
    return stream.judge.judge(stream.records.get(stream.next), stream.state).verdict();
  }
}
