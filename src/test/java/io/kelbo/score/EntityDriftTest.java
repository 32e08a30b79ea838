package io.kelbo.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.vae.Workspace;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EntityDriftTest {
  private static final int AT = 5; // a drift's numbers stand somewhere among others
  private static final int SHORT = 3000; // records

  private final Views views = new Views(3);
  private final JointView view = views.learned(2000, 4);
  private final EntityDrift drift = new EntityDrift(view);
  private final float[] numbers = begun();

  private float[] begun() {
    float[] fresh = new float[AT + drift.floats() + 2];
    Arrays.fill(fresh, 0, AT, 9);
    Arrays.fill(fresh, AT + drift.floats(), fresh.length, 9);
    drift.begin(fresh, AT);
    return fresh;
  }

  /** What makes a window of a stream that has changed. */
  private interface Change {
    double[] next();
  }

  private double learned(Change change, int records) {
    double sum = 0;
    for (int i = 0; i < records; i++) {
      double[] x = change.next();
      sum += drift.score(x, numbers, AT) / records;
      drift.learn(x, numbers, AT);
    }
    return sum;
  }

  /** Mean score of windows that nothing is learned from. */
  private double now(Change change) {
    double sum = 0;
    for (int i = 0; i < 500; i++) {
      sum += drift.score(change.next(), numbers, AT) / 500;
    }
    return sum;
  }

  private double[] shifted() {
    double[] x = views.next();
    for (int j = 0; j < Views.D; j++) {
      x[j] += j % 2 == 0 ? 0.6 : -0.6; // two standard deviations of the noise
    }
    return x;
  }

  private double[] noisier() {
    return views.next(2 * Views.NOISE);
  }

  private double[] sidling() {
    double[] x = views.next();
    double along = 0.8 * views.gaussian();
    for (int j = 0; j < Views.D; j++) {
      x[j] += along * (j < 6 ? 1 : -1) * (j % 3 == 0 ? 1 : 0.5);
    }
    return x;
  }

  @Test
  void shouldScoreAsTheFactorAnalysisBeforeAnythingChanged() {
    Workspace w = new Workspace(view.network().shape());
    for (int i = 0; i < 200; i++) {
      double[] x = i % 2 == 0 ? views.next() : shifted();

      double score = drift.score(x, numbers, AT);

      double exact = Views.exact(view.network(), w, x);
      assertThat(score).isCloseTo(exact, within(1e-5 * exact)); // the moments are floats
      assertThat(score).isCloseTo(drift.reconstruction() + drift.latent(), within(1e-12 * score));
    }
  }

  @Test
  void shouldTouchNoNumbersBesideItsOwn() {
    learned(views::next, 200);

    assertThat(Arrays.copyOf(numbers, AT)).containsOnly(9);
    assertThat(Arrays.copyOfRange(numbers, AT + drift.floats(), numbers.length)).containsOnly(9);
  }

  @Test
  void shouldStayWhereItIsWhileNothingChanges() {
    double before = now(views::next);

    learned(views::next, 20_000);

    assertThat(now(views::next)).isBetween(0.85 * before, 1.1 * before);
  }

  @Test
  void shouldFollowAShiftOfTheMean() {
    double usual = now(views::next);
    double first = now(this::shifted);

    learned(this::shifted, SHORT);
    double later = now(this::shifted);

    assertThat(first).isGreaterThan(2 * usual);
    assertThat(later - usual).isLessThan(0.5 * (first - usual));
    learned(this::shifted, 5 * SHORT);
    assertThat(now(this::shifted)).isLessThan(1.25 * usual);
  }

  @Test
  void shouldFollowNoiseThatGrew() {
    double usual = now(views::next);
    double first = now(this::noisier);

    learned(this::noisier, 5 * SHORT);

    assertThat(first).isGreaterThan(2 * usual);
    assertThat(now(this::noisier) - usual).isLessThan(0.5 * (first - usual));
  }

  @Test
  void shouldFollowADirectionInWhichNumbersBeganToMoveTogether() {
    double usual = now(views::next);
    double first = now(this::sidling);

    learned(this::sidling, 2 * SHORT);

    assertThat(first).isGreaterThan(1.5 * usual);
    assertThat(now(this::sidling) - usual).isLessThan(0.3 * (first - usual));
    assertThat(now(this::shifted)).isGreaterThan(1.5 * usual); // another direction is still odd
  }

  @Test
  void shouldFollowNoDirectionOfASingleField() {
    JointView single = views.learned(2000, 1);
    EntityDrift alone = new EntityDrift(single);
    float[] kept = new float[alone.floats()];
    alone.begin(kept, 0);
    for (int i = 0; i < SHORT; i++) {
      double[] x = sidling();
      alone.score(x, kept, 0);
      alone.learn(x, kept, 0);
    }

    int directions = 2 + 2 * Views.D; // counters, means, residuals before them
    assertThat(Arrays.copyOfRange(kept, directions, directions + 2 * Views.D)).containsOnly(0);
  }

  @Test
  void shouldLearnNextToNothingFromOneGrossOutlier() {
    double[] probe = views.next();
    double before = drift.score(probe, numbers, AT);
    double[] gross = views.next();
    Arrays.setAll(gross, j -> gross[j] + 1000);

    drift.score(gross, numbers, AT);
    drift.learn(gross, numbers, AT);

    assertThat(drift.score(probe, numbers, AT)).isCloseTo(before, within(0.001 * before));
  }

  @Test
  void shouldStayFiniteThroughTheLargestWindows() {
    double[] far = new double[Views.D];
    Arrays.fill(far, 750); // a squashed 1e308
    for (int i = 0; i < 3000; i++) {
      double[] x = i % 3 == 0 ? far : i % 3 == 1 ? new double[Views.D] : views.next();
      assertThat(drift.score(x, numbers, AT)).isFinite().isNotNegative();
      drift.learn(x, numbers, AT);
    }

    for (float number : numbers) {
      assertThat(number).isFinite();
    }
  }
}
