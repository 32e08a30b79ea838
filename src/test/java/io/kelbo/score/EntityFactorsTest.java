package io.kelbo.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.vae.Workspace;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EntityFactorsTest {
  private static final int AT = 3;

  private final Views views = new Views(4);
  private final JointView view = views.learned(2000, 4);
  private final EntityFactors factors = new EntityFactors(view);
  private final float[] numbers = new float[AT + factors.floats() + 1];

  EntityFactorsTest() {
    factors.begin(numbers, AT);
  }

  private double score(double[] x) {
    factors.score(x, numbers, AT);
    return factors.reconstruction() + factors.latent();
  }

  private double mean(boolean turned, int records, boolean learning) {
    double sum = 0;
    for (int i = 0; i < records; i++) {
      double[] x = turned ? turned() : views.next();
      sum += score(x) / records;
      if (learning) {
        factors.learn(x, numbers, AT);
      }
    }
    return sum;
  }

  /** The same numbers in another order: the same scales, another covariance. */
  private double[] turned() {
    double[] x = views.next();
    double[] turned = new double[Views.D];
    for (int j = 0; j < Views.D; j++) {
      turned[j] = x[(j + 5) % Views.D];
    }
    return turned;
  }

  @Test
  void shouldScoreAsTheNetworkBeforeAnythingWasLearned() {
    Workspace w = new Workspace(view.network().shape());
    for (int i = 0; i < 200; i++) {
      double[] x = i % 2 == 0 ? views.next() : turned();

      double exact = Views.exact(view.network(), w, x);

      assertThat(score(x)).isCloseTo(exact, within(1e-4 * exact)); // of floats of seven digits
    }
  }

  @Test
  void shouldFollowAChangeOfTheCovariance() {
    double usual = mean(false, 500, false);
    double first = mean(true, 500, false);

    mean(true, 10_000, true);

    assertThat(first).isGreaterThan(2 * usual);
    assertThat(mean(true, 500, false)).isLessThan(usual + 0.4 * (first - usual));
  }

  @Test
  void shouldStayWhereItIsWhileNothingChanges() {
    double usual = mean(false, 500, false);

    mean(false, 10_000, true);

    assertThat(mean(false, 500, false)).isBetween(0.9 * usual, 1.1 * usual);
  }

  @Test
  void shouldLearnNextToNothingFromGrossOutliers() {
    double[] probe = views.next();
    double before = score(probe);
    double[] gross = new double[Views.D];
    Arrays.fill(gross, 1000);

    for (int i = 0; i < 300; i++) { // enough for one more step of learning
      score(gross);
      factors.learn(gross, numbers, AT);
    }

    assertThat(score(probe)).isCloseTo(before, within(0.05 * before));
  }

  @Test
  void shouldTouchNoNumbersBesideItsOwn() {
    mean(false, 600, true);

    assertThat(Arrays.copyOf(numbers, AT)).containsOnly(0);
    assertThat(numbers[AT + factors.floats()]).isZero();
  }

  @Test
  void shouldStayFiniteWhereAllBecomesOne() {
    double[] same = new double[Views.D];
    Arrays.fill(same, 0.1);
    for (int i = 0; i < 20_000; i++) {
      assertThat(score(same)).isFinite().isNotNegative();
      factors.learn(same, numbers, AT);
    }
  }
}
