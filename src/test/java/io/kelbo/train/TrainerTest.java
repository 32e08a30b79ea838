package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.Provenance;
import io.kelbo.model.Snapshots;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Incoming;
import io.kelbo.record.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static byte[] bytes(List<Run> runs, long seed) {
    return bytes(runs, seed, 1);
  }

  private static byte[] bytes(List<Run> runs, long seed, int threads) {
    TrainingSettings settings =
        new TrainingSettings(seed, Sampled.SETTINGS.budget(), false).on(threads);
    return Snapshots.write(
        Sampled.model(Trainer.train(Sampled.LAYOUT, runs, settings, Sampled.lineage(1, null))));
  }

  @Test
  void shouldGiveTheSameBytesForTheSameSampleInAnyOrderOnAnyNumberOfThreads() {
    List<Run> runs = Sampled.runs(6, 870, 1, Sampled::curve);
    List<Run> shuffled = new ArrayList<>(runs);
    Collections.shuffle(shuffled, new Random(4));
    byte[] once = bytes(runs, 1);

    assertThat(bytes(runs, 1, 3)).containsExactly(once);
    assertThat(bytes(shuffled, 1)).containsExactly(once);
    assertThat(bytes(runs, 2)).isNotEqualTo(once); // provenance at least
  }

  @Test
  void shouldKeepFactorAnalysisWhereFieldsHangTogetherStraight() {
    Outcome outcome = Sampled.train(Sampled.runs(1, 5200, 1, Sampled::straight), null);

    assertThat(Sampled.model(outcome).provenance().method()).isEqualTo("factor_analysis");
    assertThat(Sampled.model(outcome).network().shape().hidden()).isZero();
    assertThat(outcome.figures()).containsKey("vae_gain");
  }

  @Test
  void shouldGiveTheBranchAsManyLayersAsAreAskedFor() throws UnreadableSnapshot {
    List<Run> runs = Sampled.runs(1, 5200, 1, Sampled::curve);

    Model deep =
        Sampled.model(
            Trainer.train(
                Sampled.LAYOUT, runs, Sampled.SETTINGS.deep(2), Sampled.lineage(1, null)));

    assertThat(deep.provenance().method()).isEqualTo("vae");
    assertThat(deep.network().shape().layers()).isEqualTo(2);
    byte[] bytes = Snapshots.write(deep);
    assertThat(Snapshots.write(Snapshots.read(bytes))).containsExactly(bytes);
  }

  @Test
  void shouldChooseTheAutoencoderWhereFieldsLieOnACurve() {
    Outcome outcome = Sampled.train(Sampled.runs(1, 5200, 1, Sampled::curve), null);

    assertThat(Sampled.model(outcome).provenance().method()).isEqualTo("vae");
    assertThat(outcome.figures().get("vae_gain"))
        .isGreaterThan(2 * outcome.figures().get("vae_gain_se"));
  }

  @Test
  void shouldRefuseFewerRecordsThanCanBeCalibrated() {
    Outcome few = Sampled.train(Sampled.runs(1, 49, 1, Sampled::straight), null);
    Outcome enough = Sampled.train(Sampled.runs(1, 50, 1, Sampled::straight), null);

    assertThat(few).isInstanceOf(Outcome.Rejected.class);
    assertThat(few.reason()).contains("49 records").contains("50 are needed");
    assertThat(enough).isInstanceOf(Outcome.Promoted.class);
  }

  @Test
  void shouldRejectWhatLearnedGarbageAgainstAGoodChampion() {
    Model champion = Sampled.model(Sampled.train(Sampled.runs(1, 600, 1, Sampled::straight), null));
    int[] done = {0};

    Outcome outcome =
        Sampled.train(
            Sampled.runs(
                1,
                900,
                2,
                random -> done[0]++ < 700 ? Sampled.unrelated(random) : Sampled.straight(random)),
            champion);

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.reason()).contains("hidden values of the newest fifth worse");
    assertThat(outcome.figures().get("gate_gain")).isNegative();
  }

  @Test
  void shouldSayWhereTheModelComesFrom() {
    List<Run> runs = Sampled.runs(2, 150, 1, Sampled::straight);
    Model first = Sampled.model(Sampled.train(runs, null));
    Provenance provenance = first.provenance();

    assertThat(provenance.trainedAt()).isEqualTo(Sampled.START.plusSeconds(99_999));
    assertThat(provenance.from()).isBetween(Sampled.START, Sampled.START.plusSeconds(15));
    assertThat(provenance.to()).isEqualTo(Sampled.START.plusSeconds(149));
    assertThat(provenance.records()).isEqualTo(300);
    assertThat(provenance.seed()).isEqualTo(11);
    assertThat(provenance.method()).isEqualTo("factor_analysis");
    assertThat(provenance.parent()).isNull();
    assertThat(provenance.warmUp()).containsExactly(new Provenance.Offset("plant", 0, 100));
    assertThat(provenance.figures())
        .containsKeys("held_out_nll", "records_per_day", "extremal_index", "threshold_p", "rows");
    assertThat(provenance.figures().get("threshold_p")).isEqualTo(first.thresholdP());
    // Later models still know which records the first one learned from.
    Model second = Sampled.model(Sampled.train(Sampled.runs(2, 300, 2, Sampled::straight), first));
    assertThat(second.provenance().warmUp()).isEqualTo(provenance.warmUp());
  }

  @Test
  void shouldSpreadABudgetPerTimeOverTheStream() {
    List<Run> runs = Sampled.runs(1, 600, 1, Sampled::straight); // one record a second
    TrainingSettings settings = new TrainingSettings(1, AlarmBudget.of("86.4 per day"), false);

    Model model =
        Sampled.model(Trainer.train(Sampled.LAYOUT, runs, settings, Sampled.lineage(1, null)));

    assertThat(model.provenance().figures().get("records_per_day"))
        .isCloseTo(86_400, within(864.0));
    assertThat(model.thresholdP()).isBetween(0.00099, 0.01);
  }

  @Test
  void shouldTellStrangeFromNormalWhereEntitiesAreManyAndRunsShort() {
    Model model = Sampled.model(Sampled.train(Sampled.runs(40, 12, 1, Sampled::straight), null));
    Judge judge = new Judge(model, Duration.ofHours(1));
    Random random = new Random(3);
    int normal = 0;
    int strange = 0;
    for (int e = 0; e < 40; e++) {
      EntityState state = EntityState.fresh("e" + e, Sampled.FIELDS);
      for (int i = 0; i < 60; i++) {
        double[] x = Sampled.straight(random);
        x[1] += i == 59 ? 15 : 0;
        Run.Moment m = Sampled.moment(x, 1000 + i, 1000 + e, i, false);
        Verdict verdict =
            judge
                .judge(new Incoming("e" + e, m.time(), m.source(), m.observation()), state)
                .verdict();
        boolean anomaly = verdict.kind() == VerdictKind.ANOMALY;
        normal += anomaly && i < 59 ? 1 : 0;
        strange += anomaly && i == 59 ? 1 : 0;
      }
    }

    assertThat(model.encoder().channels()).noneMatch(c -> c.recent()); // no full window was seen
    assertThat(strange).isEqualTo(40);
    assertThat(normal).isLessThan(20); // of 2360, at a budget of a per mille
  }
}
