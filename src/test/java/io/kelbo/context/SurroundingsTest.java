package io.kelbo.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.record.Incoming;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
  private final EntityState state = EntityState.fresh("pump-1", Stream.FIELDS);
  private final Recent recent = new Recent(3);

  private void accept(int count, double pressure, String mode) {
    for (int i = 0; i < count; i++) {
      state.accept(Stream.record(i, i, pressure, mode), false);
    }
  }

  private void surround(double pressure, String mode) {
    Incoming now = Stream.record(99, 99, pressure, mode);
    state.surround(now, now.observation(), recent);
  }

  @Test
  void shouldHaveNoMeanBeforeTheWindowIsFull() {
    accept(Recent.WINDOW - 2, 4, "a");
    surround(4, "a");
    assertThat(recent.depth).isEqualTo(Recent.WINDOW - 1);
    assertThat(recent.means[0]).isNaN();

    accept(1, 4, "a");
    surround(20, "a");
    assertThat(recent.depth).isEqualTo(Recent.WINDOW);
    assertThat(recent.means[0]).isCloseTo((15 * 4 + 20) / 16.0, within(1e-12));
  }

  @Test
  void shouldLeaveMissingValuesOutOfTheMeanAndCountThem() {
    accept(10, 3, "a");
    accept(5, Double.NaN, null);
    surround(Double.NaN, null);

    assertThat(recent.means[0]).isEqualTo(3);
    assertThat(recent.misses).containsExactly(6, 0, 6);
    assertThat(recent.means[2]).isNaN();
  }

  @Test
  void shouldHaveNoMeanWhereNothingIsKnown() {
    accept(40, Double.NaN, "a");
    surround(Double.NaN, "a");

    assertThat(recent.means[0]).isNaN();
    assertThat(recent.misses[0]).isEqualTo(Recent.WINDOW);
  }

  @Test
  void shouldCountRepeatsToTheLastBit() {
    accept(5, 0.3, "a");
    accept(3, Math.nextUp(0.3), "a");
    surround(Math.nextUp(0.3), "a");

    // 8 before, 1 now: 8 steps, one of which changed
    assertThat(recent.repeats[0]).isEqualTo(7);
  }

  @Test
  void shouldLookBackNoFurtherThanTheWindow() {
    accept(20, 1000, "a");
    accept(15, 1, "a");
    surround(1, "a");

    assertThat(recent.means[0]).isEqualTo(1);
    assertThat(recent.repeats[0]).isEqualTo(15);
  }
}
