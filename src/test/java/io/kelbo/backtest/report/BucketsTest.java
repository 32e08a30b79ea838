package io.kelbo.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketsTest {
  @Test
  void shouldLoseNoPeakHoweverFewTheBuckets() {
    Buckets buckets = Buckets.of(30_000, 900);

    double[] largest = buckets.largest(r -> r == 12_345 ? 7 : r % 5 == 0 ? Double.NaN : 1);

    assertThat(largest).hasSize(900).contains(7);
    assertThat(buckets.smallest(r -> r == 29_999 ? -3 : 1)).contains(-3);
    assertThat(buckets.to(899)).isEqualTo(30_000);
  }

  @Test
  void shouldShowEachRowWhenThereAreFew() {
    Buckets buckets = Buckets.of(5, 900);

    double[] mean = buckets.mean(r -> r);

    assertThat(mean).containsExactly(0, 1, 2, 3, 4);
    assertThat(buckets.middles()).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void shouldHaveNoFigureWhereNoRowHasOne() {
    Buckets buckets = new Buckets(4, 2);

    double[] largest = buckets.largest(r -> r < 2 ? Double.NaN : r);

    assertThat(largest).containsExactly(Double.NaN, 3);
    assertThat(buckets.mean(r -> r < 2 ? Double.NaN : r)).containsExactly(Double.NaN, 2.5);
  }
}
