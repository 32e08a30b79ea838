package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.decide.Calibration;
import io.kelbo.model.Model;
import io.kelbo.record.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A challenger must be better, or as good and know more. */
class GateTest {
  private static Model champion;

  @BeforeAll
  static void learn() {
    champion = Sampled.model(Sampled.train(Sampled.runs(1, 600, 1, Sampled::straight), null));
  }

  @Test
  void shouldKeepTheChampionOnATieAndSayWhatWasCompared() {
    Outcome equal = Sampled.train(Sampled.runs(1, 600, 2, Sampled::straight), champion);

    assertThat(equal).isInstanceOf(Outcome.Rejected.class);
    assertThat(equal.reason()).contains("a tie keeps what there is", "nats a record", "champion");
    assertThat(equal.figures())
        .containsKeys(
            "gate_gain",
            "gate_gain_se",
            "gate_rows",
            "champion_below_01",
            "champion_below_001",
            "challenger_below_01",
            "challenger_below_001");
  }

  @Test
  void shouldPromoteWhatPredictsBetterWhereTheStreamHasChanged() {
    Outcome outcome = Sampled.train(Sampled.runs(1, 600, 2, GateTest::turned), champion);

    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.reason()).contains("hidden values of the newest fifth better");
    assertThat(outcome.figures().get("gate_gain")).isPositive();
    assertThat(Sampled.model(outcome).provenance().parent()).isEqualTo(1);
    assertThat(Sampled.model(outcome).id().version()).isEqualTo(2);
  }

  @Test
  void shouldPromoteWhatPredictsAsWellAndWhoseProbabilitiesKeepTheirWordBetter() {
    Model overwrought = with(champion, 0.5);

    Outcome outcome = Sampled.train(Sampled.runs(1, 600, 2, Sampled::straight), overwrought);

    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.reason()).contains("its probabilities keep their word better");
    assertThat(outcome.figures().get("champion_below_01"))
        .isGreaterThan(10 * outcome.figures().get("challenger_below_01"));
  }

  @Test
  void shouldNotTakeTheChampionForTooQuietWhereWhatItFlaggedIsHeldBack() {
    Model shared = Sampled.model(Sampled.train(Sampled.runs(4, 3_600, 1, Sampled::straight), null));
    Model quiet = with(shared, 2);
    List<Run> runs = new ArrayList<>(Sampled.runs(4, 3_600, 2, Sampled::straight));

    Outcome all = Sampled.train(runs, quiet);
    runs.set(3, new Run("e3", flagged(runs.get(3).moments(), 3_500)));
    Outcome part = Sampled.train(runs, quiet);

    assertThat(all.reason()).contains("its probabilities keep their word better");
    assertThat(all.figures()).containsEntry("gate_held_back", 0.0);
    assertThat(part.reason()).contains("a tie keeps what there is");
    assertThat(part.figures()).containsEntry("gate_held_back", 100.0);
  }

  private static List<Run.Moment> flagged(List<Run.Moment> moments, int from) {
    List<Run.Moment> some = new ArrayList<>(moments.subList(0, from));
    for (Run.Moment one : moments.subList(from, moments.size())) {
      some.add(new Run.Moment(one.time(), one.source(), one.observation(), true));
    }
    return some;
  }

  @Test
  void shouldPromoteWhatIsAsGoodAndLearnedFromTwiceAsMuch() {
    Outcome outcome = Sampled.train(Sampled.runs(1, 1_200, 2, Sampled::straight), champion);

    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.reason()).contains("1200 records instead of 600");
  }

  @Test
  void shouldPromoteWhatIsAsGoodAndKeepsANewBudget() {
    TrainingSettings other = new TrainingSettings(11, AlarmBudget.of("0.01"), false);

    Outcome outcome =
        Trainer.train(
            Sampled.LAYOUT,
            Sampled.runs(1, 600, 2, Sampled::straight),
            other,
            Sampled.lineage(2, champion));

    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.reason()).contains("alarm budget '0.01' instead of '0.001'");
  }

  @Test
  void shouldPromoteWhatKnowsAnEntityThatWasFlaggedUntilItWasUsual() {
    Model shared = Sampled.model(Sampled.train(Sampled.runs(20, 200, 1, Sampled::straight), null));
    TrainingSettings settings =
        new TrainingSettings(11, AlarmBudget.of("0.001"), false, Duration.ofSeconds(60));

    Outcome outcome =
        Trainer.train(Sampled.LAYOUT, oneChanged(), settings, Sampled.lineage(2, shared));

    assertThat(outcome.reason()).contains("flagged until they were usual");
    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.figures().get("flagged_rows")).isBetween(50.0, 140.0);
    double before = outcome.figures().get("champion_flagged_below_01");
    assertThat(before).isGreaterThan(0.9);
    assertThat(outcome.figures().get("challenger_flagged_below_01"))
        .isLessThanOrEqualTo(before / 2);
  }

  @Test
  void shouldPromoteWhatKnowsAStreamOfWhichEachRecordWasFlagged() {
    List<Run> runs = new ArrayList<>();
    for (Run run : Sampled.runs(4, 600, 2, GateTest::turned)) {
      runs.add(new Run(run.entity(), flagged(run.moments(), 0)));
    }
    TrainingSettings settings =
        new TrainingSettings(11, AlarmBudget.of("0.001"), false, Duration.ofSeconds(60));

    Outcome outcome = Trainer.train(Sampled.LAYOUT, runs, settings, Sampled.lineage(2, champion));

    assertThat(outcome).as(outcome.reason()).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.reason()).contains("hidden values of the newest fifth better");
  }

  @Test
  void shouldKeepTheChampionWhileAChangedEntityIsHeldBack() {
    Model shared = Sampled.model(Sampled.train(Sampled.runs(20, 200, 1, Sampled::straight), null));

    Outcome outcome =
        Trainer.train(Sampled.LAYOUT, oneChanged(), Sampled.SETTINGS, Sampled.lineage(2, shared));

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.figures()).doesNotContainKey("flagged_rows");
  }

  /** Of twenty entities one is another from its sixtieth record on, and flagged since. */
  private static List<Run> oneChanged() {
    List<Run> runs = Sampled.runs(20, 200, 2, Sampled::straight);
    List<Run.Moment> moments = new ArrayList<>(runs.get(3).moments());
    for (int i = 60; i < moments.size(); i++) {
      Random random = new Random(i);
      double[] x = Sampled.straight(random);
      x[1] += 4;
      moments.set(i, Sampled.moment(x, i, 3, i, true));
    }
    runs.set(3, new Run("e3", moments));
    return runs;
  }

  @Test
  void shouldNotTrainOnTooFewRecordsAgainstAnyChampion() {
    Outcome few = Sampled.train(Sampled.runs(1, 20, 3, Sampled::straight), champion);

    assertThat(few).isInstanceOf(Outcome.Rejected.class);
    assertThat(few.reason()).contains("20 records", "50 are needed");
  }

  /** The same model, which takes its own scores for so many times as large as they are. */
  private static Model with(Model model, double times) {
    double[] scores = model.calibration().scores();
    for (int i = 0; i < scores.length; i++) {
      scores[i] *= times;
    }
    Arrays.sort(scores);
    return new Model(
        model.id(),
        model.layout(),
        model.encoder(),
        model.patterns(),
        model.network(),
        new Calibration(scores, model.calibration().extremalIndex()),
        model.thresholdP(),
        model.provenance(),
        model.crowd(),
        model.stream(),
        model.readouts(),
        model.tails());
  }

  private static double[] turned(Random random) {
    double[] x = Sampled.straight(random);
    return new double[] {x[0], -x[1], x[2], x[3]};
  }
}
