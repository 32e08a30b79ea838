package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.decide.AlarmBudget;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a new champion goes back. */
class ProbationTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Probation.Count QUIET = new Probation.Count(5_000, 1, HOUR);

  @Test
  void shouldFailAChampionThatOpensTenTimesItsBudgetAndThreeTimesItsParents() {
    assertThat(failed("24 per day", new Probation.Count(3_600, 11, HOUR), QUIET)).isTrue();
    assertThat(failed("24 per day", new Probation.Count(3_600, 9, HOUR), QUIET)).isFalse();
    assertThat(failed("0.001", new Probation.Count(1_000, 11, HOUR), QUIET)).isTrue();
    assertThat(failed("0.01", new Probation.Count(1_000, 11, HOUR), QUIET)).isFalse();
  }

  @Test
  void shouldNotFailOnFewEpisodes() {
    assertThat(failed("0.0001", new Probation.Count(100, 7, HOUR), QUIET)).isFalse();
  }

  @Test
  void shouldNotGoBackToAParentThatAlarmedAsMuch() {
    Probation.Count loud = new Probation.Count(5_000, 40, HOUR);

    assertThat(failed("0.0001", new Probation.Count(1_000, 20, HOUR), loud)).isFalse();
  }

  private static boolean failed(String budget, Probation.Count own, Probation.Count parent) {
    return Probation.failed(new TrainingSettings(1, AlarmBudget.of(budget), false), own, parent);
  }
}
