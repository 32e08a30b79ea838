package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.FieldFinding;
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
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows without order that have a field of each kind. */
class MixedTableTest {
  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  private static final Fields FIELDS =
      new Fields(
          List.of(
              new Field("load", FieldKind.QUANTITY),
              new Field("starts", FieldKind.COUNT),
              new Field("open", FieldKind.FLAG),
              new Field("mode", FieldKind.CATEGORY)));
  private final Random random = new Random(8);
  private final Model model = learned();
  private final Judge judge = new Judge(model, Duration.ofDays(1));
  private final EntityState state = EntityState.fresh("table", FIELDS);

  private Observation row(double load, double starts, double open, @Nullable String mode) {
    return new Observation(
        FIELDS,
        new double[] {load, starts, open, Double.NaN},
        new @Nullable String[] {null, null, null, mode});
  }

  private Observation ordinary() {
    return row(
        random.nextGaussian(),
        random.nextInt(5),
        random.nextInt(50) == 0 ? 1 : 0,
        random.nextInt(3) == 0 ? "idle" : "run");
  }

  private Model learned() {
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      moments.add(new Run.Moment(START.plusSeconds(i), new Source("t", 0, i), ordinary(), false));
    }
    return Sampled.model(
        Trainer.train(
            new InputLayout(FIELDS, new EntityRule.Partition(), null),
            List.of(new Run("table", moments)),
            new TrainingSettings(1, AlarmBudget.of("0.05"), true),
            new Lineage(Sampled.lineage(1, null).id(), START, null, List.of())));
  }

  private Verdict judged(Observation row) {
    return judge.judge(new Incoming("table", START, new Source("t", 0, 0), row), state).verdict();
  }

  private static void check(Verdict odd, String field) {
    assertThat(odd.pValue()).isLessThan(0.05);
    assertThat(odd.fields().get(0).name()).isEqualTo(field);
    assertThat(odd.fields().stream().mapToDouble(FieldFinding::contribution).sum())
        .isCloseTo(odd.surprisal(), within(1e-6));
  }

  @Test
  void shouldNameTheFieldThatIsOddWhateverItsKind() {
    check(judged(row(9, 2, 0, "run")), "load");
    check(judged(row(0, 60, 0, "run")), "starts");
    check(judged(row(0, 2, 0, "never seen")), "mode");
  }

  @Test
  void shouldFindARareSideOfAFlagStranger() {
    double rare = judged(row(0, 2, 1, "run")).surprisal();
    double common = judged(row(0, 2, 0, "run")).surprisal();

    assertThat(rare).isGreaterThan(common + 2);
  }

  @Test
  void shouldNotFindOrdinaryRowsOdd() {
    int odd = 0;
    for (int i = 0; i < 2000; i++) {
      odd += judged(ordinary()).pValue() < 0.05 ? 1 : 0;
    }

    assertThat(odd / 2000.0).isBetween(0.02, 0.1);
  }
}
