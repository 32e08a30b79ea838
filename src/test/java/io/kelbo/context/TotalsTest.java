package io.kelbo.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.Observation;
import io.kelbo.record.Source;
import io.kelbo.record.Total;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TotalsTest {
  private static final double STEP = 0.5;
  private static final double NONE = Double.NaN;
  private static final Fields FIELDS =
      new Fields(
          java.util.List.of(
              new Field("load", FieldKind.QUANTITY),
              new Field("energy", FieldKind.TOTAL).stepping(STEP)));
  private EntityState state = EntityState.fresh("meter", FIELDS);
  private int count;

  private static Observation row(double energy) {
    return new Observation(FIELDS, new double[] {7, energy}, new String[2]);
  }

  private double grown(double energy) {
    return state.totals("meters").growth(row(energy)).number(1);
  }

  private Incoming incoming(double energy) {
    Source source = new Source("meters", 0, count);
    return new Incoming("meter", Instant.ofEpochSecond(count), source, row(energy));
  }

  private void accept(double energy) {
    state.accept(incoming(energy), false);
    count++;
    state = EntityState.read("meter", FIELDS, state.write());
  }

  @Test
  void shouldKnowNothingOfTheFirstValue() {
    assertThat(grown(100)).isNaN();
    assertThat(state.totals("meters").known(1)).isFalse();
    assertThat(state.totals("meters").known(0)).isTrue();
  }

  @Test
  void shouldSayWhatATotalGrewByAndLeaveOthersAlone() {
    accept(100);

    Observation grown = state.totals("meters").growth(row(101));

    assertThat(grown.number(0)).isEqualTo(7);
    assertThat(grown.number(1)).isEqualTo(Total.scaled(1, STEP));
    assertThat(grown(40)).isEqualTo(Total.scaled(-60, STEP));
  }

  @Test
  void shouldSpreadGrowthOverMissingRecords() {
    accept(100);
    accept(NONE);
    accept(NONE);

    assertThat(grown(106)).isEqualTo(Total.scaled(2, STEP));
    assertThat(state.totals("meters").told(1, Total.scaled(2, STEP), NONE))
        .isCloseTo(106, within(1e-9));
  }

  @Test
  void shouldBeginAnewAfterAsManyMissingAsAreRemembered() {
    accept(100);
    for (int i = 0; i < EntityState.CAPACITY; i++) {
      accept(NONE);
    }

    assertThat(grown(106)).isNaN();
    assertThat(state.totals("meters").told(1, 0, 106)).isEqualTo(106);
  }

  @Test
  void shouldBeginAnewInAnotherTopic() {
    accept(100);

    assertThat(state.totals("others").known(1)).isFalse();
    assertThat(state.totals("others").growth(row(106)).missing(1)).isTrue();
  }

  @Test
  void shouldTellWhereATotalWouldStandAndHowSurely() {
    accept(100);
    accept(102);
    Totals totals = state.totals("meters");

    assertThat(totals.told(1, Total.scaled(3, STEP), NONE)).isCloseTo(105, within(1e-9));
    double slope = Math.cosh(Total.scaled(3, STEP)) * STEP;
    assertThat(totals.sd(1, Total.scaled(3, STEP), 1e-4)).isCloseTo(1e-4 * slope, within(1e-9));
  }

  @Test
  void shouldStayFiniteBetweenHugeTotals() {
    accept(-1.7e308);

    assertThat(grown(1.7e308)).isBetween(709.0, 711.0);
    assertThat(state.totals("meters").told(1, 1e6, NONE)).isFinite();
  }

  @Test
  void shouldPassOverWhereATotalBeganAnew() {
    Recent recent = new Recent(2);
    for (int i = 0; i < Recent.WINDOW; i++) {
      accept(i < 8 ? 1e9 + 2 * i : 2 * i);
    }
    Incoming came = incoming(2 * Recent.WINDOW);

    state.surround(came, state.totals("meters").growth(came.observation()), recent);

    assertThat(recent.means[1]).isCloseTo(Total.scaled(2, STEP), within(1e-9));
  }

  @Test
  void shouldSurroundATotalWithWhatItGrewByLately() {
    Recent recent = new Recent(2);
    for (int i = 0; i < Recent.WINDOW; i++) {
      accept(i % 5 == 2 ? NONE : 100 + 2 * i);
    }
    Incoming came = incoming(100 + 2 * Recent.WINDOW);

    state.surround(came, state.totals("meters").growth(came.observation()), recent);

    assertThat(recent.means[1]).isCloseTo(Total.scaled(2, STEP), within(1e-12));
    assertThat(recent.misses[1]).isEqualTo(3);
    assertThat(recent.repeats[1]).isZero();
    assertThat(recent.means[0]).isEqualTo(7);
  }
}
