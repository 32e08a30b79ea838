package io.kelbo.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplingTest {
  @Test
  void shouldHoldTheSameRunsInWhateverOrderTheyCome() {
    List<Integer> runs = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      runs.add(i);
    }
    Set<Integer> expected = new HashSet<>(held(runs));

    for (int shuffle = 0; shuffle < 20; shuffle++) {
      Collections.shuffle(runs, new Random(shuffle));

      assertThat(held(runs)).hasSize(39).hasSameElementsAs(expected);
    }
  }

  private static List<Integer> held(List<Integer> runs) {
    BottomK<Integer> bottom = new BottomK<>(39);
    for (int run : runs) {
      // Half of the draws are equal to another: ties must not depend on the order either.
      bottom.offer(run, Draw.of(1, "pump", run / 2));
    }
    return bottom.keys();
  }

  @Test
  void shouldSayWhatLosesItsPlace() {
    BottomK<String> bottom = new BottomK<>(2);
    bottom.offer("a", 0.5);
    bottom.offer("b", 0.3);

    assertThat(bottom.offer("c", 0.4)).containsExactly("a");
    assertThat(bottom.offer("d", 0.9)).containsExactly("d");
    assertThat(bottom.keys()).containsExactly("b", "c");
  }

  @Test
  void shouldFreeThePlaceOfWhatIsRemoved() {
    BottomK<String> bottom = new BottomK<>(1);
    bottom.offer("a", 0.1);

    bottom.remove("a");

    assertThat(bottom.offer("b", 0.9)).isEmpty();
    assertThat(bottom.keys()).containsExactly("b");
  }

  @Test
  void shouldDrawUniformly() {
    int[] tenths = new int[10];
    for (int entity = 0; entity < 100; entity++) {
      for (int block = 0; block < 100; block++) {
        tenths[(int) (10 * Draw.of(7, "pump-" + entity, block))]++;
      }
    }

    // 10,000 draws: a tenth has 1,000 with a standard deviation of 30; five of them.
    assertThat(Arrays.stream(tenths).boxed()).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void shouldDrawAnewForAnotherSeedEntityOrBlock() {
    double draw = Draw.of(1, "pump-1", 0);

    assertThat(Draw.of(1, "pump-1", 0)).isEqualTo(draw);
    assertThat(Draw.of(2, "pump-1", 0)).isNotEqualTo(draw);
    assertThat(Draw.of(1, "pump-2", 0)).isNotEqualTo(draw);
    assertThat(Draw.of(1, "pump-1", 1)).isNotEqualTo(draw);
  }

  @Test
  void shouldCountTheRecordsOfASlidingWindow() {
    Pace pace = new Pace(1_000);
    for (long at = 0; at < 10_000; at += 10) {
      pace.count(at);
    }

    assertThat(pace.records()).isBetween(99.0, 101.0);
  }

  @Test
  void shouldForgetAWindowThatIsLongOver() {
    Pace pace = new Pace(1_000);
    for (int i = 0; i < 500; i++) {
      pace.count(100);
    }

    pace.count(50_000);

    assertThat(pace.records()).isEqualTo(1);
  }

  @Test
  void shouldGoOnCountingFromItsBytes() {
    Pace pace = new Pace(1_000);
    for (long at = 0; at < 2_500; at += 10) {
      pace.count(at);
    }

    Pace again = Pace.read(1_000, pace.write());

    assertThat(again.records()).isEqualTo(pace.records());
    assertThat(again.clock()).isEqualTo(2_490);
  }

  @Test
  void shouldBeginAnewWhereNothingIsStored() {
    assertThat(Pace.read(1_000, null).clock()).isEqualTo(-1);
  }

  @Test
  void shouldRefuseBytesThatAreNoPace() {
    assertThatThrownBy(() -> Pace.read(1_000, new byte[0])).hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> Pace.read(1_000, new byte[] {1, 0}))
        .hasMessageContaining("2 bytes")
        .hasMessageContaining("reads 1 of 33");
  }
}
