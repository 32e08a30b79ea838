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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A challenger that has a field more must not be worse at those that both have. */
class FieldGateTest {
  private static Model champion;

  @BeforeAll
  static void learn() {
    champion = Sampled.model(Sampled.train(Sampled.runs(1, 1_000, 1, Sampled::straight), null));
  }

  @Test
  void shouldTakeInAFieldMoreAndSayOnWhichCellsTheyWereCompared() {
    Outcome outcome = train(1_000, Sampled::straight, "a", "b", "c", "d", "e");

    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.reason())
        .contains("other ones than the champion's (more: e)", "4 that both have (a, b, c, d)")
        .contains("predicted as well", "nats a record");
    assertThat(outcome.figures()).containsEntry("gate_fields", 4.0);
    assertThat(Math.abs(outcome.figures().get("gate_gain"))).isLessThan(0.1);
  }

  @Test
  void shouldKeepTheChampionWhereAFieldMoreComesWithWorsePredictions() {
    // Four fifths of another stream, so that what was learned does not hold in the newest.
    Outcome outcome = train(1_000, FieldGateTest::turnedThenStraight, "a", "b", "c", "d", "e");

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.reason()).contains("predicted worse");
    assertThat(outcome.figures().get("gate_gain")).isNegative();
  }

  @Test
  void shouldCompareByNamesWhateverTheirOrder() {
    Outcome outcome = train(1_000, Sampled::straight, "d", "b", "e", "c", "a");

    assertThat(outcome.reason()).contains("4 that both have (a, b, c, d)", "as well");
  }

  @Test
  void shouldGoOnWithoutAFieldThatIsGone() {
    Outcome outcome = train(1_000, Sampled::straight, "a", "c", "d");

    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.reason()).contains("(no longer: b)", "3 that both have (a, c, d)");
  }

  @Test
  void shouldSayWhereNoFieldIsLeftToCompare() {
    Outcome outcome = train(1_000, Sampled::straight, "e", "f");

    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.reason()).contains("and none is left to compare");
  }

  private static int drawn;

  private static double[] turnedThenStraight(Random random) {
    double[] x = Sampled.straight(random);
    return drawn++ < 800 ? new double[] {x[3], -x[1], x[0], x[2]} : x;
  }

  private static Outcome train(int records, Sampled.Draw draw, String... names) {
    drawn = 0;
    Fields fields =
        new Fields(
            List.of(names).stream().map(name -> new Field(name, FieldKind.QUANTITY)).toList());
    List<Run.Moment> moments = new ArrayList<>();
    Random random = new Random(5);
    for (Run.Moment moment : Sampled.runs(1, records, 2, draw).get(0).moments()) {
      double[] x = new double[names.length];
      for (int j = 0; j < x.length; j++) {
        int from = Sampled.FIELDS.place(names[j]);
        x[j] = from < 0 ? random.nextGaussian() : moment.observation().number(from);
      }
      Observation row = new Observation(fields, x, new String[x.length]);
      moments.add(new Run.Moment(moment.time(), moment.source(), row, false));
    }
    return Trainer.train(
        new InputLayout(fields, new EntityRule.Key(), null),
        List.of(new Run("e0", moments)),
        Sampled.SETTINGS,
        Sampled.lineage(2, champion));
  }
}
