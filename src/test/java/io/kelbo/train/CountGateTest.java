package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.model.Model;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a count's dispersion does to the gate: more of it is no better prediction by itself. */
class CountGateTest {
  private static final Fields FIELDS =
      new Fields(List.of(new Field("errors", FieldKind.COUNT), new Field("jobs", FieldKind.COUNT)));
  private static final InputLayout LAYOUT = new InputLayout(FIELDS, new EntityRule.Key(), null);
  private static final int RECORDS = 1000;

  private static double poisson(Random random, double rate) {
    double left = Math.exp(-rate);
    int count = 0;
    for (double u = random.nextDouble(); u > left; u *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  /** Counts of rate 10, every tenth record three times as many from one record to another. */
  private static List<Run> runs(long seed, int from, int to) {
    Random random = new Random(seed);
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      double times = i % 10 == 0 && i >= from && i < to ? 3 : 1;
      double[] x = {times * poisson(random, 10), times * poisson(random, 10)};
      moments.add(
          new Run.Moment(
              Sampled.START.plusSeconds(i),
              new Source("plant", 0, i),
              new Observation(FIELDS, x, new String[2]),
              false));
    }
    return List.of(new Run("e", moments));
  }

  private static Outcome train(List<Run> runs, Model champion) {
    return Trainer.train(
        LAYOUT, runs, Sampled.SETTINGS, Sampled.lineage(champion == null ? 1 : 2, champion));
  }

  private static final Model CALM = Sampled.model(train(runs(1, 0, 0), null));
  private static final Model BURST = Sampled.model(train(runs(2, 0, RECORDS), null));

  @Test
  void shouldNotTakeMoreDispersionForABetterPredictionOfACalmNewestFifth() {
    Outcome outcome = train(runs(3, 0, RECORDS * 4 / 5), CALM);

    assertThat(outcome.figures().get("gate_gain")).isNegative();
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void shouldPromoteLessDispersionWhereItPredictsACalmNewestFifthBetter() {
    Outcome outcome = train(runs(4, 0, 0), BURST);

    assertThat(outcome.figures().get("gate_gain")).isPositive();
    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.reason()).contains("predicts hidden values of the newest fifth better");
  }

  @Test
  void shouldPromoteMoreDispersionWhereBurstsGoOn() {
    Outcome outcome = train(runs(5, 0, RECORDS), CALM);

    assertThat(outcome.figures().get("gate_gain")).isPositive();
    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
  }

  @Test
  void shouldLoseLeastAtTheDispersionThatCountsHave() {
    TrainingRows rows = TrainingRows.of(FIELDS, runs(6, 0, 0), TrainingSettings.FOR_EVER);
    int[] all = IntStream.range(0, rows.size()).toArray();

    double calm = mean(new HeldOut(CALM.encoder(), CALM.network()).nll(rows, all, 1));
    double burst = mean(new HeldOut(BURST.encoder(), BURST.network()).nll(rows, all, 1));

    assertThat(BURST.network().psi(0)).isGreaterThan(2 * CALM.network().psi(0));
    assertThat(calm).isPositive().isLessThan(burst);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
