package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.encode.WindowShape;
import io.kelbo.encode.Windows;
import io.kelbo.record.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is taken of a sample before anything is learned: fields, scales, rows, blocks of time. */
class StreamSampleTest {
  private static double[][] mixed(int records) {
    double[][] x = Streams.plant(records, 3, 1);
    for (int i = 0; i < records; i++) {
      x[i][1] = i % 2; // a command
    }
    return x;
  }

  @Test
  void shouldMeasureWhatTakesMoreThanTwoValues() {
    double[][] x = mixed(200);

    assertThat(MeasuredFields.choose(Streams.fields(3), List.of(Streams.run(x, 0, 200))))
        .containsExactly(0, 2);
  }

  @Test
  void shouldMeasureAllWhereAllAreCommands() {
    double[][] x = mixed(200);
    for (double[] row : x) {
      row[0] = row[1];
      row[2] = 5;
    }
    List<Run> runs = List.of(Streams.run(x, 0, 200));

    assertThat(MeasuredFields.choose(Streams.fields(3), runs)).containsExactly(0, 1, 2);
    assertThat(MeasuredFields.live(new int[] {0, 1, 2}, runs)).isEqualTo(2);
  }

  @Test
  void shouldScaleWhatNeverChangesLikeTheOthersAndHugeValuesWithoutOverflow() {
    double[][] x = mixed(200);
    for (int i = 0; i < 200; i++) {
      x[i][1] = 3;
      x[i][2] = i % 2 == 0 ? 1e300 : -1e300;
    }

    Windows windows =
        MeasuredFields.scaled(new int[] {0, 1, 2}, List.of(Streams.run(x, 0, 200)), 1);

    assertThat(windows.sd()[1]).isEqualTo(windows.sd()[0]);
    assertThat(windows.mean()[1]).isEqualTo(3);
    for (int c = 0; c < 3; c++) {
      assertThat(windows.sd()[c]).isFinite().isPositive();
      assertThat(windows.mean()[c]).isFinite();
    }
  }

  @Test
  void shouldCutARowForEachRecordAndNeverAcrossRuns() {
    double[][] x = Streams.plant(60, 1, 2);
    Windows windows = new Windows(new int[] {0}, new double[1], new double[] {1e6}, 4, 10);
    WindowRows rows =
        new WindowRows(List.of(Streams.run(x, 0, 30), Streams.run(x, 30, 60)), windows);

    List<double[]> cut = rows.cut(new WindowShape(List.of(1), 3, false, false));

    assertThat(cut).hasSize(60);
    assertThat(rows.depth(29)).isEqualTo(30);
    assertThat(rows.depth(30)).isEqualTo(1);
    double over = 1 / 1e6; // as it is multiplied: the same bits
    double first = x[30][0] * over;
    assertThat(cut.get(30)).containsExactly(first, first, first);
    assertThat(cut.get(32)).containsExactly(x[32][0] * over, x[31][0] * over, first);
  }

  @Test
  void shouldCutTimeIntoEqualBlocksTheOldestFirst() {
    double[][] x = Streams.plant(80, 1, 3);
    WindowRows rows =
        new WindowRows(
            List.of(Streams.run(x, 40, 80), Streams.run(x, 0, 40)), // the later run first
            new Windows(new int[] {0}, new double[1], new double[] {1}, 4, 10));

    int[] blocks = rows.blocks(4);

    for (int row = 0; row < 80; row++) {
      assertThat(blocks[row]).isEqualTo((row + 40) % 80 / 20);
    }
  }

  @Test
  void shouldInterpolateBetweenKnownFiguresOnly() {
    double[] figures = {4, Double.NaN, 1, 3, 2, Double.NaN};

    assertThat(Quantiles.of(figures, 0.5)).isCloseTo(2.5, within(1e-12));
    assertThat(Quantiles.of(figures, 1)).isEqualTo(4);
    assertThat(Quantiles.of(new double[] {7}, 0.95)).isEqualTo(7);
    assertThat(Quantiles.of(new double[] {Double.NaN}, 0.5)).isNaN();
    assertThat(Quantiles.usual(new double[20])).isPositive();
  }
}
