package io.kelbo.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What is noted of an entity beside its records. */
class NotesTest {
  private static Mark mark(String id, double... residuals) {
    return Mark.of(id, 12.5, residuals);
  }

  @Test
  void shouldRememberAllThatWasNoted() {
    EntityState state = EntityState.fresh("pump-1", Stream.FIELDS);
    state.notes().heard(1_000);
    state.notes().heard(61_000);
    state.notes().marks().put(mark("plant/3/7", 9, 0, -7).said(Said.CONFIRMED));
    state.notes().pardon(new Pardon("plant/3/5", 4));
    state.notes().shift(new Shift(2, 71, new double[] {1.5, 0, 0}));

    byte[] bytes = state.write();
    EntityState read = EntityState.read("pump-1", Stream.FIELDS, bytes);

    assertThat(read.write()).containsExactly(bytes);
    assertThat(read.notes().beat()).isEqualTo(new Beat(61_000, 60_000, 1, -1));
    assertThat(Beat.of(bytes)).isEqualTo(read.notes().beat());
    assertThat(read.notes().pardon()).isEqualTo(new Pardon("plant/3/5", 4));
    assertThat(read.notes().shift().of(0)).isEqualTo(1.5);
    assertThat(read.notes().shift().newest(73)).isEqualTo(2);
    assertThat(read.notes().shift().newest(70)).isZero();
    Mark known = read.notes().marks().list().get(0);
    assertThat(known.said()).isEqualTo(Said.CONFIRMED);
    assertThat(known.places()).containsExactly((short) 0, (short) 2);
    assertThat(known.values()).containsExactly(7, -5);
  }

  @Test
  void shouldTellWhatIsAlikeByWhatStandsOut() {
    Mark high = mark("a", 9, 1, -1.5, 0);

    assertThat(high.likeness(mark("b", 12, -1, 0, 1.9))).isCloseTo(1, within(1e-9));
    assertThat(high.likeness(mark("b", -12, 0, 0, 0))).isCloseTo(-1, within(1e-9));
    assertThat(high.likeness(mark("b", 0, 0, 12, 0))).isZero();
    assertThat(high.likeness(mark("b", 1, 1, 1, 1))).isZero();
    assertThat(high.length()).isCloseTo(7, within(1e-6));
  }

  @Test
  void shouldStayBoundedAndKeepWhatPeopleSpokeOf() {
    EntityState state = EntityState.fresh("pump-1", Stream.FIELDS);
    double[] wild = new double[200];
    java.util.Arrays.fill(wild, 50);
    state.notes().marks().put(Mark.of("spoken", 1, wild).said(Said.FALSE_ALARM));
    for (int i = 0; i < 100; i++) {
      state.notes().marks().put(Mark.of("plant.telemetry/0/" + i, 1, wild));
    }

    assertThat(state.notes().marks().list()).hasSize(Marks.MOST);
    assertThat(state.notes().marks().find("spoken")).isNotNull();
    assertThat(state.notes().marks().find("plant.telemetry/0/99")).isNotNull();
    assertThat(NotesForm.write(state.notes()).length).isLessThan(1_000);
  }

  @Test
  void shouldCallNobodySilentWhoseIntervalsAreUneven() {
    Beat beat = Beat.UNHEARD;
    java.util.Random random = new java.util.Random(4);
    long clock = 0;
    int cries = 0;
    for (int i = 0; i < 20_000; i++) {
      long gap = (long) (-60_000 * Math.log(1 - random.nextDouble())); // a Poisson process
      cries += beat.silent(clock + gap, 5, 20_000) ? 1 : 0;
      clock += gap;
      beat = beat.heard(clock);
    }

    assertThat(cries).isZero();
    assertThat(beat.silent(clock + 3_600_000, 5, 20_000)).isTrue();
    assertThat(beat.toldOf().silent(clock + 3_600_000, 5, 20_000)).isFalse();
  }

  @Test
  void shouldKeepAnEpisodeOpenWhereTheFieldsChange() {
    EntityState state = EntityState.fresh("pump-1", Stream.FIELDS);
    state.episode("plant/3/7", 4);
    io.kelbo.record.Fields others =
        new io.kelbo.record.Fields(
            java.util.List.of(
                new io.kelbo.record.Field("flow", io.kelbo.record.FieldKind.QUANTITY)));

    EntityState read = EntityState.read("pump-1", others, state.write());

    assertThat(read.episode()).isEqualTo("plant/3/7");
    assertThat(read.quiet()).isEqualTo(4);
  }
}
