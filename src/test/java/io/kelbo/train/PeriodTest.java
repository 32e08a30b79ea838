package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.encode.Encoder;
import io.kelbo.encode.Windows;
import io.kelbo.record.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
  private static final int RECORDS = 2400;

  private final Random random = new Random(6);

  private double[][] series(IntToDoubleFunction value) {
    double[][] x = new double[RECORDS][1];
    for (int i = 0; i < RECORDS; i++) {
      x[i][0] = value.applyAsDouble(i);
    }
    return x;
  }

  private static int period(List<Run> runs) {
    Windows windows = MeasuredFields.scaled(new int[] {0}, runs, 1);
    return Period.of(runs, windows.seen(1, Encoder.SQUASH));
  }

  private static int period(double[][] x) {
    return period(List.of(Streams.run(x, 0, x.length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 24, 60, 144})
  void shouldFindTheCycleOfANoisySine(int cycle) {
    double[][] x = series(i -> 7 + Math.sin(2 * Math.PI * i / cycle) + 0.3 * random.nextGaussian());

    assertThat(period(x)).isBetween(cycle - 1 - cycle / 50, cycle + 1 + cycle / 50);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 50, 133, 300})
  void shouldFindTheCycleOfSharpBeatsOnAWanderingBase(int cycle) {
    double[][] x =
        series(
            i -> {
              double phase = (double) (i % cycle) / cycle - 0.4;
              return 5 * Math.exp(-100 * phase * phase)
                  + Math.sin(i / 900.0)
                  + 0.1 * random.nextGaussian();
            });

    assertThat(period(x)).isBetween(cycle - 1, cycle + 1);
  }

  @Test
  void shouldFindNoneInNoiseTrendOrAConstant() {
    double[] walk = new double[RECORDS];
    for (int i = 1; i < RECORDS; i++) {
      walk[i] = 0.7 * walk[i - 1] + random.nextGaussian();
    }

    assertThat(period(series(i -> random.nextGaussian()))).isZero();
    assertThat(period(series(i -> walk[i]))).isZero();
    assertThat(period(series(i -> 0.01 * i + 0.1 * random.nextGaussian()))).isZero();
    assertThat(period(series(i -> 4711))).isZero();
    assertThat(period(series(i -> Double.NaN))).isZero();
  }

  @Test
  void shouldFindNoneThatIsTooLongForTheRuns() {
    double[][] x = series(i -> Math.sin(2 * Math.PI * i / 144));

    assertThat(period(List.of(Streams.run(x, 0, 400)))).isZero(); // fewer than three cycles
    assertThat(period(List.of(Streams.run(x, 0, 460)))).isBetween(142, 146);
    assertThat(period(List.of(Streams.run(x, 0, 20)))).isZero();
  }

  @Test
  void shouldFindTheSameInSeveralRunsAsInOne() {
    double[][] x = series(i -> Math.sin(2 * Math.PI * i / 48) + 0.3 * random.nextGaussian());
    List<Run> apart = new ArrayList<>();
    for (int from = 0; from < RECORDS; from += 400) {
      apart.add(Streams.run(x, from, from + 350)); // what lies between was thinned out
    }

    assertThat(period(apart)).isBetween(47, 49).isEqualTo(period(x));
  }

  @Test
  void shouldLookThroughHolesAndOutliers() {
    double[][] x =
        series(
            i ->
                random.nextInt(10) == 0
                    ? Double.NaN
                    : random.nextInt(200) == 0 ? 1e9 : Math.sin(2 * Math.PI * i / 60));

    assertThat(period(x)).isBetween(0, 61); // the outliers may hide it, but make no other
    assertThat(period(series(i -> i % 7 == 0 ? Double.NaN : Math.sin(2 * Math.PI * i / 60))))
        .isBetween(59, 61);
  }
}
