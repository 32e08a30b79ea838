package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Judge;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
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
import org.junit.jupiter.api.Test;

/** p-values of streams without anomalies; docs/calibration.md has longer ones of more kinds. */
class StreamCalibrationTest {
  private static final int LEARNED = 2000;
  private static final int HELD_OUT = 20_000;

  private final Random random = new Random(11);
  private long offset;

  private Incoming next(InputLayout layout, double[] causes, double keep) {
    int fields = layout.fields().size();
    for (int c = 0; c < causes.length; c++) {
      causes[c] = keep * causes[c] + Math.sqrt(1 - keep * keep) * random.nextGaussian();
    }
    double[] numbers = new double[fields];
    for (int j = 0; j < fields; j++) {
      numbers[j] = causes[j] + 0.7 * causes[(j + 1) % fields];
    }
    long at = offset++;
    return new Incoming(
        "machine",
        Instant.EPOCH.plusSeconds(at),
        new Source("normal", 0, at),
        new Observation(layout.fields(), numbers, new String[fields]));
  }

  /** Shares of held-out records with p below 1 % and 0.1 %, of AR(1) causes. */
  private double[] rates(int fields, double keep) {
    InputLayout layout =
        new InputLayout(
            new Fields(
                IntStream.range(0, fields)
                    .mapToObj(j -> new Field("f" + j, FieldKind.QUANTITY))
                    .toList()),
            new EntityRule.Key(),
            null);
    double[] causes = new double[fields];
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = 0; i < LEARNED; i++) {
      Incoming in = next(layout, causes, keep);
      moments.add(new Run.Moment(in.time(), in.source(), in.observation(), false));
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
                List.of(new Provenance.Offset("normal", 0, LEARNED))));
    Judge judge = new Judge(((Outcome.Promoted) outcome).model(), Duration.ofDays(1), false);
    EntityState state = EntityState.fresh("machine", layout.fields());
    for (Run.Moment m : moments) {
      judge.judge(new Incoming("machine", m.time(), m.source(), m.observation()), state);
    }
    double[] rates = new double[2];
    for (int i = 0; i < HELD_OUT; i++) {
      double p = judge.judge(next(layout, causes, keep), state).verdict().pValue();
      rates[0] += p < 0.01 ? 1.0 / HELD_OUT : 0;
      rates[1] += p < 0.001 ? 1.0 / HELD_OUT : 0;
    }
    return rates;
  }

  @Test
  void shouldFindNormalRecordsAsRareAsTheyAreWhereNoneHangsOnAnother() {
    double[] rates = rates(8, 0);

    assertThat(rates[0]).isBetween(0.005, 0.02);
    assertThat(rates[1]).isBetween(0.0003, 0.003); // twenty records, give or take four or five
  }

  @Test
  void shouldFindNormalRecordsAsRareAsTheyAreWhereTheyHangOnThoseBefore() {
    double[] rates = rates(1, 0.9);

    assertThat(rates[0]).isBetween(0.005, 0.02);
    assertThat(rates[1]).isBetween(0.0003, 0.003);
  }
}
