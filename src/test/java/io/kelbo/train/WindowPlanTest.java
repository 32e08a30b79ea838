package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.encode.WindowShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowPlanTest {
  @Test
  void shouldLookBackSixteenBlocksOfSixteenWhereOneFieldIsMeasured() {
    WindowPlan plan = WindowPlan.of(1, 1, 1, 2000, 0);

    assertThat(plan.joint()).isEqualTo(new WindowShape(List.of(1, 4, 16), 16, false, false));
    assertThat(plan.forms()).hasSize(5);
    assertThat(plan.reach()).isEqualTo(256);
  }

  @Test
  void shouldKeepTheJointWindowWithinItsBudgetHoweverManyFields() {
    for (int channels = 2; WindowPlan.bearable(channels); channels++) {
      for (int live : new int[] {0, 1, channels / 2, channels}) {
        for (int run : new int[] {32, 100, 400, 20_000}) {
          WindowPlan plan = WindowPlan.of(channels, channels, live, run, 0);

          assertThat(plan.forms()).isEmpty();
          assertThat(plan.joint().features(channels)).isLessThanOrEqualTo(400);
          assertThat(plan.reach()).isLessThanOrEqualTo(Math.max(16, run / 2));
        }
      }
    }
    assertThat(WindowPlan.bearable(134)).isFalse();
  }

  @Test
  void shouldCutFormsOfTheLengthOfTheCycle() {
    WindowPlan plan = WindowPlan.of(1, 1, 1, 5000, 200);

    List<Integer> reaches = plan.forms().stream().map(f -> f.shape().reach()).toList();
    assertThat(reaches).containsExactly(16, 17, 128, 128, 192); // .7 and 1 of 200, in 32 blocks
  }

  @Test
  void shouldDropFormsThatAShortRunCannotHold() {
    for (int run : new int[] {32, 64, 100, 200, 500}) {
      for (int period : new int[] {0, 16, 60, 166}) {
        WindowPlan plan = WindowPlan.of(1, 1, 1, run, period);

        assertThat(plan.forms()).allMatch(f -> f.shape().reach() <= run / 2);
        assertThat(plan.reach()).isLessThanOrEqualTo(Math.max(16, run / 2));
      }
    }
  }

  /** Lags of a joint window as they were before the state was bounded for any mix of fields. */
  @Test
  void shouldLookBackAsFarAsItsFieldsAllowWhereAllAreMeasured() {
    for (int fields = 1; WindowPlan.bearable(fields); fields++) {
      int lags = Math.min(16, Math.min(Math.max(2, 160 / (3 * fields)), 400 / (3 * fields)));

      WindowPlan plan = WindowPlan.of(fields, fields, fields, 20_000, 0);

      assertThat(plan.joint().points()).isEqualTo(Math.max(1, lags));
    }
  }

  @Test
  void shouldLookNoFurtherBackThanTheStateOfAllMeasuredFieldsAllows() {
    assertThat(WindowPlan.of(8, 4, 4, 20_000, 0).joint().points()).isEqualTo(12);
    assertThat(WindowPlan.of(8, 8, 1, 20_000, 0).joint().points()).isEqualTo(6);
    assertThat(WindowPlan.of(4, 4, 4, 20_000, 0).joint().points()).isEqualTo(13);
  }
}
