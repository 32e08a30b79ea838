package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Model;
import io.kelbo.model.Snapshots;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.FieldRole;
import io.kelbo.record.Fields;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a sample teaches of targets, and what it cannot. */
class ReadoutLearningTest {
  private static final Fields FIELDS =
      new Fields(
          List.of(
              new Field("a", FieldKind.QUANTITY),
              new Field("b", FieldKind.QUANTITY),
              new Field("load", FieldKind.QUANTITY, FieldRole.TARGET),
              new Field("state", FieldKind.CATEGORY, FieldRole.TARGET)));
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(1, AlarmBudget.of("0.001"), false);

  /** The targets of a row. */
  private interface Targets {
    String state(int row, double a, double b);
  }

  private static List<Run> runs(int rows, boolean labelled, Targets targets) {
    Random random = new Random(5);
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double a = random.nextGaussian();
      double b = 0.6 * a + 0.8 * random.nextGaussian();
      double load = labelled ? 10 + 3 * a - 2 * b + 0.5 * random.nextGaussian() : Double.NaN;
      @Nullable String state = labelled ? targets.state(i, a, b) : null;
      moments.add(
          new Run.Moment(
              Sampled.START.plusSeconds(i),
              new Source("plant", 0, i),
              new Observation(
                  FIELDS,
                  new double[] {a, b, load, Double.NaN},
                  new @Nullable String[] {null, null, null, state}),
              false));
    }
    return List.of(new Run("m", moments));
  }

  private static Outcome.Promoted train(List<Run> runs, @Nullable Model champion) {
    InputLayout layout = new InputLayout(FIELDS, new EntityRule.Key(), null);
    Lineage lineage = Sampled.lineage(champion == null ? 1 : 2, champion);
    return (Outcome.Promoted) Trainer.train(layout, runs, SETTINGS, lineage);
  }

  private static String signs(int row, double a, double b) {
    return a > 0 ? "up" : b > 0 ? "mixed" : "down";
  }

  @Test
  void shouldTellANumberAsWellAsItsNoiseAllows() {
    Outcome.Promoted learned = train(runs(600, true, ReadoutLearningTest::signs), null);

    assertThat(learned.figures().get("target.load.rmse")).isBetween(0.45, 0.56);
    assertThat(learned.figures().get("target.state.accuracy")).isGreaterThan(0.9);
    assertThat(learned.model().readouts()).hasSize(2);
  }

  @Test
  void shouldTellClassesThatOnlyAProductTellsApart() {
    Outcome.Promoted learned =
        train(runs(600, true, (row, a, b) -> a * b > 0 ? "same" : "other"), null);

    assertThat(learned.figures().get("target.state.accuracy")).isGreaterThan(0.85);
    assertThat(learned.model().readouts().get(1).order()).isEqualTo(2);
  }

  @Test
  void shouldSayThatOneClassTellsNothing() {
    Outcome.Promoted learned = train(runs(300, true, (row, a, b) -> "ok"), null);

    assertThat(learned.reason())
        .contains("target 'state' is not told: it is 'ok' in every record that has it");
    assertThat(learned.model().readouts()).hasSize(1);
  }

  @Test
  void shouldSayThatTenThousandClassesAreTooMany() {
    Outcome.Promoted learned = train(runs(10_000, true, (row, a, b) -> "c" + row), null);

    assertThat(learned.reason())
        .contains("target 'state' is not told: it has 99")
        .contains("64 classes");
  }

  @Test
  void shouldTellAsBeforeWhereNobodySaysTheTargetsAnyMore() {
    Model champion = train(runs(300, true, ReadoutLearningTest::signs), null).model();

    Outcome.Promoted learned = train(runs(900, false, ReadoutLearningTest::signs), champion);

    assertThat(learned.reason())
        .contains(
            "target 'load' is told as before: 0 records of the sample have it, 30 are needed");
    assertThat(learned.model().readouts()).hasSize(2);
    assertThat(learned.model().readouts().get(0).weights())
        .containsExactly(champion.readouts().get(0).weights());
  }

  @Test
  void shouldComeBackFromASnapshotToTheLastBit() throws UnreadableSnapshot {
    Model champion = train(runs(300, true, ReadoutLearningTest::signs), null).model();
    Model heir = train(runs(900, false, ReadoutLearningTest::signs), champion).model();

    byte[] bytes = Snapshots.write(heir);
    Model read = Snapshots.read(bytes);

    assertThat(Snapshots.write(read)).isEqualTo(bytes);
    assertThat(read.layout().fields()).isEqualTo(FIELDS);
    assertThat(read.readouts()).hasSize(2);
    assertThat(read.readouts().get(1).classes()).containsExactly("down", "mixed", "up");
  }
}
