package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The short form of {@code bin/bench fuzz}. */
class FuzzTest {
  @Test
  void shouldReadOrRefuseBrokenInputsInBoundedMemoryAndTime() {
    Map<String, Fuzz.Tally> tallies = Fuzz.run(FuzzTargets.all(), 76_000, 7);

    assertThat(tallies).hasSize(19);
    assertThat(tallies.get("json").read()).isPositive();
    assertThat(tallies.get("json").refused()).isPositive();
    assertThat(tallies.get("avro").read()).isPositive();
    assertThat(tallies.get("avro").refused()).isPositive();
    assertThat(tallies.get("avro-projected").read()).isPositive();
  }

  @Test
  void shouldNoticeAReaderThatCrashesOrBelievesALength() {
    Fuzz.Target crashes =
        new Fuzz.Target(
            "crashes",
            List.of(new byte[10]),
            bytes -> {
              throw new IllegalStateException("unforeseen");
            },
            List.of());
    Fuzz.Target believes =
        new Fuzz.Target(
            "believes",
            List.of(new byte[10]),
            bytes -> assertThat(new byte[(int) Fuzz.MOST_BYTES + 1]).isNotNull(),
            List.of());

    assertThatThrownBy(() -> Fuzz.run(List.of(crashes), 1, 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("crashes, input 0 of seed 1");
    assertThatThrownBy(() -> Fuzz.run(List.of(believes), 1, 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("believes");
  }
}
