package io.kelbo.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final int REACH = 70;
  // Sums of 70 values within ±100 are exact to about 70 · 100 · 2^-53 = 1e-12.
  private static final Offset<Double> ROUND = within(1e-11);
  private static final double[] MEAN = {5, -200, 1e6};
  private static final double[] SD = {2, 30, 1e-3};
  private static final List<WindowShape> SHAPES =
      List.of(
          new WindowShape(List.of(1, 4, 16), 4, false, false),
          new WindowShape(List.of(1), 16, false, false),
          new WindowShape(List.of(1), 16, true, false),
          new WindowShape(List.of(8), 8, false, true),
          new WindowShape(List.of(2), 32, false, true),
          new WindowShape(List.of(1, 16), 1, false, false));

  private final Windows windows = new Windows(new int[] {1, 4, 9}, MEAN, SD, REACH, 10);
  private final Random random = new Random(8);

  /** (REACH, 3) in the fields' own units, some far out, some never seen. */
  private double[] raw() {
    double[] raw = new double[3 * REACH];
    for (int i = 0; i < raw.length; i++) {
      int c = i % 3;
      double deviations = random.nextGaussian() * (random.nextInt(20) == 0 ? 50 : 1);
      raw[i] = random.nextInt(25) == 0 ? Double.NaN : MEAN[c] + SD[c] * deviations;
    }
    return raw;
  }

  private static double squashed(double z) {
    return Math.abs(z) <= 10 ? z : Math.signum(z) * (10 + Math.log(Math.abs(z) - 9));
  }

  private double[] cut(WindowShape shape, double[] raw) {
    double[] values = raw.clone();
    double[] sums = new double[3 * (REACH + 1)];
    windows.standardise(values, sums);
    double[] out = new double[shape.features(3)];
    windows.cut(shape, values, sums, out);
    return out;
  }

  /** What the definition says, block by block. */
  private static double[] plainly(WindowShape shape, double[] raw) {
    List<Double> out = new ArrayList<>();
    for (int scale : shape.scales()) {
      for (int point = 0; point < shape.points(); point++) {
        for (int c = 0; c < 3; c++) {
          double sum = 0;
          for (int back = point * scale; back < (point + 1) * scale; back++) {
            sum += deviation(raw, c, back);
            sum -= shape.differences() ? deviation(raw, c, back + 1) : 0;
          }
          out.add(sum / scale);
        }
      }
    }
    return out.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double deviation(double[] raw, int c, int back) {
    double value = raw[(REACH - 1 - back) * 3 + c];
    return Double.isNaN(value) ? 0 : squashed((value - MEAN[c]) / SD[c]);
  }

  @Test
  void shouldCutWhatTheDefinitionSaysOfAnyShape() {
    for (int round = 0; round < 50; round++) {
      double[] raw = raw();
      for (WindowShape shape : SHAPES) {
        assertThat(cut(shape, raw)).as("%s", shape).containsExactly(plainly(shape, raw), ROUND);
      }
    }
  }

  @Test
  void shouldTakeTheLevelNowAndAsAMean() {
    double[] raw = raw();
    double[] values = raw.clone();
    double[] sums = new double[3 * (REACH + 1)];
    double[][] levels = new double[2][3];
    windows.standardise(values, sums);

    windows.levels(values, sums, 12, levels);

    for (int c = 0; c < 3; c++) {
      double mean = 0;
      for (int back = 0; back < 12; back++) {
        mean += deviation(raw, c, back) / 12;
      }
      assertThat(levels[0][c]).isEqualTo(deviation(raw, c, 0));
      assertThat(levels[1][c]).isCloseTo(mean, ROUND);
    }
  }

  @Test
  void shouldStayFiniteWhateverTheValues() {
    double[] nasty = {1e300, -1e300, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, 0};
    for (int round = 0; round < 100; round++) {
      double[] raw = new double[3 * REACH];
      Arrays.setAll(raw, i -> nasty[random.nextInt(nasty.length)]);
      for (WindowShape shape : SHAPES) {
        for (double number : cut(shape, raw)) {
          assertThat(number).isFinite();
          assertThat(Math.abs(number)).isLessThan(2000); // a squashed 1e308 / 1e-3 is about 730
        }
      }
    }
  }

  @Test
  void shouldSayWhichFieldEachNumberComesFrom() {
    int[] sources = windows.sources(new WindowShape(List.of(1, 4), 2, false, false));

    assertThat(sources).containsExactly(1, 4, 9, 1, 4, 9, 1, 4, 9, 1, 4, 9);
  }

  @Test
  void shouldReachAsFarAsItsLongestBlocksAndOneMoreForDifferences() {
    assertThat(new WindowShape(List.of(1, 4, 16), 6, false, false).reach()).isEqualTo(96);
    assertThat(new WindowShape(List.of(1), 16, true, false).reach()).isEqualTo(17);
    assertThat(new WindowShape(List.of(1, 4, 16), 6, false, false).features(8)).isEqualTo(144);
  }

  @Test
  void shouldRefuseWindowsThatCannotBeCut() {
    WindowShape far = new WindowShape(List.of(16), 5, false, false);
    WindowShape absurd = new WindowShape(List.of(1 << 30), 1 << 30, false, false);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> windows.mustHold(far, 15))
        .withMessageContaining("80 records back")
        .withMessageContaining("seen 70 records back");
    assertThatIllegalArgumentException().isThrownBy(() -> windows.mustHold(absurd, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> windows.mustHold(SHAPES.get(0), 35))
        .withMessageContaining("35 numbers");
    windows.mustHold(SHAPES.get(0), 36);
  }

  @Test
  void shouldRefuseScalesThatDivideByNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Windows(new int[] {3}, new double[] {1}, new double[] {0}, 4, 10))
        .withMessageContaining("field 3")
        .withMessageContaining("0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Windows(new int[] {3}, new double[] {1}, new double[2], 4, 10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowShape(List.of(), 4, false, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowShape(List.of(1, 0), 4, false, false));
  }
}
