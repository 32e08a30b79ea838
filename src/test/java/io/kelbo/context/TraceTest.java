package io.kelbo.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.record.Observation;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final double HOLE = Double.NaN;

  private static void add(Trace trace, double pressure, double valve) {
    trace.add(
        new Observation(
            Stream.FIELDS, new double[] {pressure, valve, HOLE}, new String[] {null, null, "a"}));
  }

  private static double[] unrolled(Trace trace, int length) {
    double[] out = new double[trace.fields().length * length];
    trace.unroll(out, length);
    return out;
  }

  @Test
  void shouldGiveRecordsInTurnTheNewestLast() {
    Trace trace = Trace.empty(new int[] {0, 1}, 4);
    for (int i = 1; i <= 4; i++) {
      add(trace, i, 10 * i);
    }

    assertThat(unrolled(trace, 4)).containsExactly(1, 10, 2, 20, 3, 30, 4, 40);
    assertThat(unrolled(trace, 2)).containsExactly(3, 30, 4, 40);
  }

  @Test
  void shouldForgetTheOldestWhereItIsFull() {
    Trace trace = Trace.empty(new int[] {0}, 5);
    for (int i = 1; i <= 13; i++) {
      add(trace, i, 0);
    }

    assertThat(trace.size()).isEqualTo(5);
    assertThat(unrolled(trace, 5)).containsExactly(9, 10, 11, 12, 13);
  }

  @Test
  void shouldFillWhatLiesBeforeTheFirstRecordWithIt() {
    Trace trace = Trace.empty(new int[] {0, 1}, 4);
    add(trace, 7, 1);
    add(trace, 8, 0);

    assertThat(unrolled(trace, 4)).containsExactly(7, 1, 7, 1, 7, 1, 8, 0);
  }

  @Test
  void shouldCarryTheLastKnownValueOverHoles() {
    Trace trace = Trace.empty(new int[] {0, 1}, 3);
    add(trace, 5, 1);
    for (int i = 0; i < 7; i++) { // more than it holds: the value outlives its slot
      add(trace, HOLE, i);
    }

    assertThat(unrolled(trace, 3)).containsExactly(5, 4, 5, 5, 5, 6);
  }

  @Test
  void shouldKnowNothingOfAFieldUntilItsFirstValue() {
    Trace trace = Trace.empty(new int[] {0, 1}, 4);
    add(trace, HOLE, 1);
    add(trace, HOLE, 2);
    add(trace, 3, 3);

    assertThat(unrolled(trace, 4)).containsExactly(HOLE, 1, HOLE, 1, HOLE, 2, 3, 3);
  }

  @Test
  void shouldBeginAfterAWrapAsItWouldInASlotNeverUsed() {
    Trace old = Trace.empty(new int[] {0}, 3);
    for (int i = 1; i <= 3; i++) {
      add(old, i, 0);
    }
    add(old, HOLE, 0); // overwrites the oldest, and must carry the newest

    assertThat(unrolled(old, 3)).containsExactly(2, 3, 3);
  }

  @Test
  void shouldKeepWhatIsKnownWhenItLooksFurtherBack() {
    Trace trace = Trace.empty(new int[] {0, 1}, 3);
    for (int i = 1; i <= 8; i++) {
      add(trace, i, 10 * i);
    }

    Trace further = trace.fitted(new int[] {0, 1}, 5);
    add(further, HOLE, 90);

    assertThat(unrolled(further, 5)).containsExactly(6, 60, 6, 60, 7, 70, 8, 80, 8, 90);
  }

  @Test
  void shouldKeepTheNewestWhenItLooksLessFarBack() {
    Trace trace = Trace.empty(new int[] {0}, 6);
    for (int i = 1; i <= 8; i++) {
      add(trace, i, 0);
    }

    Trace nearer = trace.fitted(new int[] {0}, 2);
    add(nearer, 9, 0);

    assertThat(nearer.size()).isEqualTo(2);
    assertThat(unrolled(nearer, 2)).containsExactly(8, 9);
  }

  @Test
  void shouldGoOnWithAFieldThatItDidNotKnowBefore() {
    Trace trace = Trace.empty(new int[] {1}, 4);
    add(trace, 1, 10);
    add(trace, 2, 20);

    Trace both = trace.fitted(new int[] {0, 1}, 4);
    add(both, HOLE, HOLE);
    add(both, 4, HOLE);
    add(both, HOLE, 50);

    assertThat(unrolled(both, 4)).containsExactly(HOLE, 20, HOLE, 20, 4, 20, 4, 50);
  }

  @Test
  void shouldBeTheStatesOwnUntilOtherFieldsOrAnotherReachAreWanted() {
    EntityState state = EntityState.fresh("pump-1", Stream.FIELDS);
    Trace first = state.trace(new int[] {0}, 8);
    add(first, 4, 0);

    assertThat(state.trace(new int[] {0}, 8)).isSameAs(first);
    Trace wider = state.trace(new int[] {0, 1}, 8);
    assertThat(wider).isNotSameAs(first);
    assertThat(unrolled(wider, 1)).containsExactly(4, HOLE);
    assertThat(state.trace(new int[] {0, 1}, 8)).isSameAs(wider);
  }

  @Test
  void shouldEqualAListOfAllValuesWhateverCame() {
    Random random = new Random(4);
    for (int capacity : new int[] {1, 2, 7, 64}) {
      Trace trace = Trace.empty(new int[] {0}, capacity);
      double[] all = new double[300];
      for (int i = 0; i < all.length; i++) {
        double value = random.nextInt(3) == 0 ? HOLE : random.nextGaussian();
        add(trace, value, 0);
        all[i] = Double.isNaN(value) && i > 0 ? all[i - 1] : value;

        double[] expected = new double[capacity];
        int first = Math.max(0, i - capacity + 1); // the oldest that is still held
        for (int back = 0; back < capacity; back++) {
          expected[capacity - 1 - back] = all[Math.max(first, i - back)];
        }
        assertThat(unrolled(trace, capacity)).containsExactly(expected);
      }
    }
  }
}
