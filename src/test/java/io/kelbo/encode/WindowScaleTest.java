package io.kelbo.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowScaleTest {
  private static List<double[]> rows(int count) {
    Random random = new Random(6);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new double[] {
            3 + 2 * random.nextGaussian(), 8 * random.nextGaussian() - 1, 7, random.nextGaussian()
          });
    }
    return rows;
  }

  @Test
  void shouldPutEachNumberOnMeanZeroAndDeviationOne() {
    List<double[]> rows = rows(500);
    WindowScale scale = WindowScale.learn(rows);

    rows.forEach(row -> scale.apply(row, false, 100));

    for (int i : new int[] {0, 1, 3}) {
      double mean = rows.stream().mapToDouble(r -> r[i]).average().orElseThrow();
      double square = rows.stream().mapToDouble(r -> r[i] * r[i]).average().orElseThrow();
      assertThat(mean).isCloseTo(0, within(1e-12));
      assertThat(square).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void shouldGiveWhatNeverChangesTheMedianOfTheOtherScales() {
    WindowScale scale = WindowScale.learn(rows(500));

    double[] live = {scale.sd()[0], scale.sd()[1], scale.sd()[3]};
    Arrays.sort(live);
    assertThat(scale.sd()[2]).isEqualTo(live[1]);
    assertThat(scale.mean()[2]).isCloseTo(7, within(1e-12));
  }

  @Test
  void shouldTakeTheMeanOfTheTwoMiddleScalesAndOneWhereAllAreDead() {
    double[] even = {1, 99, 3};
    double[] none = {0, 0};

    WindowScale.fillDead(even, new boolean[] {true, false, true});
    WindowScale.fillDead(none, new boolean[2]);

    assertThat(even).containsExactly(1, 2, 3);
    assertThat(none).containsExactly(1, 1);
  }

  @Test
  void shouldTakeTheLevelOutOfACentredWindow() {
    WindowScale scale = new WindowScale(new double[4], new double[] {1, 1, 1, 1});
    double[] low = {1, 2, 3, 2};
    double[] high = {6, 7, 8, 7};

    scale.apply(low, true, 10);
    scale.apply(high, true, 10);

    assertThat(low).containsExactly(-1, 0, 1, 0);
    assertThat(high).containsExactly(low);
  }

  @Test
  void shouldLetWhatIsFarOutGrowByItsLogarithmOnly() {
    WindowScale scale = new WindowScale(new double[3], new double[] {1, 2, 1});
    double[] window = {10, -20, 1e300};

    scale.apply(window, false, 10);

    assertThat(window[0]).isEqualTo(10);
    assertThat(window[1]).isEqualTo(-10);
    assertThat(window[2]).isBetween(600.0, 800.0);
  }

  @Test
  void shouldRefuseScalesThatAreNone() {
    for (double bad : new double[] {0, -1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new WindowScale(new double[1], new double[] {bad}))
          .withMessageContaining("scale " + bad);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowScale(new double[2], new double[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowScale(new double[] {Double.NaN}, new double[] {1}));
  }
}
