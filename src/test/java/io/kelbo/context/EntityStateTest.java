package io.kelbo.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EntityStateTest {
  private static EntityState fresh() {
    return EntityState.fresh("pump-1", Stream.FIELDS);
  }

  private static EntityState reread(EntityState state) {
    return EntityState.read("pump-1", Stream.FIELDS, state.write());
  }

  @Test
  void shouldBeTheSameWrittenAndReadAsNeverWritten() {
    EntityState kept = fresh();
    EntityState written = fresh();
    Recent one = new Recent(3);
    Recent other = new Recent(3);
    Stream stream = new Stream();
    for (int i = 0; i < 200; i++) {
      Incoming incoming = stream.next();
      written = reread(written);

      kept.surround(incoming, incoming.observation(), one);
      written.surround(incoming, incoming.observation(), other);
      assertThat(other.means).containsExactly(one.means);
      assertThat(other.misses).containsExactly(one.misses);
      assertThat(other.repeats).containsExactly(one.repeats);
      assertThat(other.depth).isEqualTo(one.depth);
      for (EntityState state : List.of(kept, written)) {
        state.clock(incoming.time().toEpochMilli(), 1000);
        state.accept(incoming, i % 7 == 0);
        if (i % 50 == 20) {
          state.episode("plant/3/" + i, 2);
        }
        if (i % 50 == 40) {
          state.episode(null, 0);
        }
        state.trace(new int[] {0, 1}, i < 100 ? 24 : 40).add(incoming.observation());
        if (i % 10 == 3) {
          state.adaptation(new Adaptation(1 + i / 90, new float[] {i, Float.MIN_VALUE, -0f}));
        }
      }

      assertThat(written.write()).containsExactly(kept.write());
    }
  }

  @Test
  void shouldRememberAllThatItWasTold() {
    EntityState state = fresh();
    state.clock(5_000, 0);
    state.accept(Stream.record(7, 5_000, 1.5, "idle"), true);
    state.accept(Stream.record(8, 6_000, Double.NaN, null), false);
    state.episode("plant/3/7", 4);

    EntityState read = reread(state);

    assertThat(read.seen()).isEqualTo(2);
    assertThat(read.newest()).isEqualTo(5_000);
    assertThat(read.episode()).isEqualTo("plant/3/7");
    assertThat(read.quiet()).isEqualTo(4);
    Run run = read.recent(10);
    assertThat(run.entity()).isEqualTo("pump-1");
    assertThat(run.moments()).hasSize(2);
    Run.Moment oldest = run.moments().get(0);
    assertThat(oldest.source()).isEqualTo(Stream.record(7, 0, 0, null).source());
    assertThat(oldest.time().toEpochMilli()).isEqualTo(5_000);
    assertThat(oldest.flagged()).isTrue();
    assertThat(oldest.observation().number(0)).isEqualTo(1.5);
    assertThat(oldest.observation().text(2)).isEqualTo("idle");
    assertThat(run.moments().get(1).observation().missing(0)).isTrue();
    assertThat(run.moments().get(1).observation().missing(2)).isTrue();
  }

  @Test
  void shouldHoldTheNewestRecordsOldestFirst() {
    EntityState state = fresh();
    for (int i = 0; i < EntityState.CAPACITY + 9; i++) {
      state.accept(Stream.record(i, i, i, null), false);
    }

    Run all = state.recent(1000);
    Run three = state.recent(3);

    assertThat(all.moments()).hasSize(EntityState.CAPACITY);
    assertThat(all.moments().get(0).source().offset()).isEqualTo(9);
    assertThat(three.moments()).extracting(m -> m.source().offset()).containsExactly(38L, 39L, 40L);
  }

  @Test
  void shouldBeginAnewWhereTheFieldsAreOthers() {
    EntityState state = fresh();
    state.accept(Stream.record(1, 1, 1, "a"), false);
    Fields others = new Fields(List.of(new Field("pressure", FieldKind.COUNT)));

    EntityState read = EntityState.read("pump-1", others, state.write());

    assertThat(read.seen()).isZero();
    assertThat(EntityState.read("pump-1", others, null).seen()).isZero();
  }

  @Test
  void shouldRefuseANewerFormatAndSayWhatToDo() {
    byte[] newer = fresh().write();
    newer[0]++;

    assertThatThrownBy(() -> EntityState.read("pump-1", Stream.FIELDS, newer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'pump-1'")
        .hasMessageContaining("format 5 but this Kelbo reads 1 to 4")
        .hasMessageContaining("kelbo reset");
  }

  @Test
  void shouldReadTheBytesOfFormatOne() throws IOException {
    EntityState state = fresh();
    Stream stream = new Stream();
    for (int i = 0; i < 40; i++) {
      Incoming incoming = stream.next();
      state.clock(incoming.time().toEpochMilli(), 0);
      state.accept(incoming, i == 35);
    }
    state.episode("plant/3/35", 4);
    byte[] golden = golden("/golden/state-1.hex");

    EntityState read = EntityState.read("pump-1", Stream.FIELDS, golden);

    assertThat(golden[0]).isEqualTo((byte) 1);
    assertThat(read.write()).containsExactly(state.write());
    assertThat(read.adaptation()).isSameAs(Adaptation.NONE);
    assertThat(read.trace()).isNull();
  }

  @Test
  void shouldReadTheBytesOfFormatTwo() throws IOException {
    EntityState state = fresh();
    Stream stream = new Stream();
    for (int i = 0; i < 40; i++) {
      Incoming incoming = stream.next();
      state.clock(incoming.time().toEpochMilli(), 0);
      state.trace(new int[] {0, 1}, 24).add(incoming.observation());
      state.accept(incoming, i == 35);
    }
    state.episode("plant/3/35", 4);
    state.adaptation(new Adaptation(7, new float[] {1.5f, Float.MAX_VALUE, -0f}));
    byte[] golden = golden("/golden/state-2.hex");

    EntityState read = EntityState.read("pump-1", Stream.FIELDS, golden);

    assertThat(golden[0]).isEqualTo((byte) 2);
    assertThat(read.write()).containsExactly(state.write());
    assertThat(Beat.of(golden)).isEqualTo(Beat.UNHEARD);
  }

  private byte[] golden(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
      return HexFormat.of()
          .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
    }
  }

  /** Format 2 is 1's bytes under another version, then the trace and the adaptation. */
  @Test
  void shouldKeepTheTraceAndTheAdaptationToTheLastBit() {
    EntityState state = fresh();
    Trace trace = state.trace(new int[] {0, 1}, 3);
    for (int i = 0; i < 4; i++) {
      trace.add(Stream.record(i, i, i == 2 ? Double.NaN : Math.PI * i, null).observation());
    }
    state.adaptation(new Adaptation(7, new float[] {1.5f, Float.MAX_VALUE, Float.NaN, -0f}));

    byte[] bytes = state.write();
    EntityState read = EntityState.read("pump-1", Stream.FIELDS, bytes);

    assertThat(read.write()).containsExactly(bytes);
    assertThat(bytes[0]).isEqualTo((byte) 4);
    assertThat(read.adaptation().model()).isEqualTo(7);
    assertThat(read.adaptation().numbers()).containsExactly(state.adaptation().numbers());
    double[] known = new double[6];
    read.trace(new int[] {0, 1}, 3).unroll(known, 3);
    assertThat(known).containsExactly(Math.PI, 1, Math.PI, 0, 3 * Math.PI, 1);
  }

  @Test
  void shouldStayBoundedThoughEachCategoryIsNew() {
    EntityState state = fresh();
    int largest = 0;
    for (int i = 0; i < 5_000; i++) {
      state.accept(Stream.record(i, i, i, "never seen before, number " + i), false);
      largest = Math.max(largest, state.write().length);
    }

    assertThat(largest).isLessThan(16_000);
    assertThat(state.recent(1).moments().get(0).observation().text(2)).endsWith("4999");
    assertThat(state.recent(32).moments().get(0).observation().text(2)).endsWith("4968");
  }

  @Test
  void shouldStayBoundedThoughACategoryIsABook() {
    EntityState state = fresh();
    for (int i = 0; i < 200; i++) {
      state.accept(Stream.record(i, i, i, i + "x".repeat(100_000)), false);
    }

    assertThat(state.write().length).isLessThan(100_000);
  }
}
