package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.record.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamRateTest {
  private static final double DAY = 86_400;

  private static Run.Moment at(long second, int partition, long offset) {
    return Sampled.moment(new double[Sampled.D], second, partition, offset, false);
  }

  @Test
  void shouldCountTheRecordsThatTheSampleLeftOut() {
    List<Run> thinned = new ArrayList<>();
    for (int block = 0; block < 20; block += 4) { // every fourth run of 512, ten records a second
      List<Run.Moment> moments = new ArrayList<>();
      for (int i = 0; i < 512; i++) {
        long offset = block * 512L + i;
        moments.add(at(offset / 10, 0, offset));
      }
      thinned.add(new Run("e", moments));
    }

    assertThat(StreamRate.recordsPerDay(thinned)).isCloseTo(10 * DAY, within(0.02 * 10 * DAY));
  }

  @Test
  void shouldAddUpPartitions() {
    List<Run> runs = new ArrayList<>();
    for (int partition = 0; partition < 4; partition++) {
      List<Run.Moment> moments = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        moments.add(at(i, partition, 1_000_000 + i));
      }
      runs.add(new Run("e" + partition, moments));
    }

    assertThat(StreamRate.recordsPerDay(runs)).isCloseTo(4 * DAY, within(0.04 * DAY));
  }

  @Test
  void shouldNotBeSetByOneAbsurdTime() {
    for (long absurd : new long[] {2_300_000_000L, -1_700_000_000L}) {
      List<Run.Moment> moments = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        moments.add(at(i == 50 ? absurd : i, 0, i));
      }

      double rate = StreamRate.recordsPerDay(List.of(new Run("e", moments)));

      assertThat(rate).as("with %d", absurd).isCloseTo(DAY, within(0.02 * DAY));
    }
  }

  @Test
  void shouldTakeAMomentForAMinute() {
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      moments.add(at(0, 0, i));
    }

    assertThat(StreamRate.recordsPerDay(List.of(new Run("e", moments))))
        .isCloseTo(100 * 1440, within(1440.0));
    assertThat(StreamRate.recordsPerDay(List.of(new Run("e", List.of(at(7, 0, 7))))))
        .isCloseTo(1440, within(1.0));
  }
}
