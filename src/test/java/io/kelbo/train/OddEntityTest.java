package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.EntityState;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.record.Incoming;
import io.kelbo.record.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An entity whose noise is three times that of those learned from, under one model: it does not
 * alarm for ever, and what is far out for it still does. {@code bin/bench entities} trains as well.
 */
class OddEntityTest {
  private static final int RECORDS = 4_000;
  private static final double FAULT = 30;

  private Model model;

  @BeforeEach
  void learnFromTen() {
    model =
        Sampled.model(Sampled.train(Sampled.runs(10, 400, 1, random -> noisy(random, 1)), null));
  }

  @Test
  void shouldNotAlarmForEverOfAnEntityThatIsAlwaysALittleOdd() {
    double[] odd = shares(3);
    double[] like = shares(1);

    assertThat(odd[0]).isGreaterThan(0.1);
    assertThat(odd[3]).isLessThan(0.02);
    assertThat(Arrays.stream(like).max().orElse(1)).isLessThan(0.02);
  }

  @Test
  void shouldStillFindWhatIsFarOutForAnOddEntity() {
    Entity entity = new Entity("odd", 3);
    for (int i = 0; i < RECORDS; i++) {
      entity.next(0);
    }

    assertThat(entity.next(FAULT)).isLessThan(model.thresholdP());
  }

  @Test
  void shouldKnowAnOddEntityFromTheFirstRecordUnderAModelThatLearnedFromIt() {
    List<Run> runs = new ArrayList<>(Sampled.runs(9, 400, 2, random -> noisy(random, 1)));
    Run odd = Sampled.runs(1, 400, 3, random -> noisy(random, 3)).get(0);
    runs.add(new Run("odd", odd.moments()));

    model = Sampled.model(Sampled.train(runs, null));
    double[] shares = shares(3);
    double[] like = shares("e1", 1);

    assertThat(model.stream().odd().byName()).containsOnlyKeys("odd");
    assertThat(shares[0]).isLessThan(0.05);
    assertThat(Arrays.stream(like).average().orElse(0)).isBetween(0.005, 0.02);
  }

  /** Of each quarter of the records, the share with p below 1 %. */
  private double[] shares(double times) {
    return shares("odd", times);
  }

  private double[] shares(String name, double times) {
    Entity entity = new Entity(name, times);
    double[] shares = new double[4];
    for (int i = 0; i < RECORDS; i++) {
      shares[4 * i / RECORDS] += entity.next(0) < 0.01 ? 4.0 / RECORDS : 0;
    }
    return shares;
  }

  /** One that nothing was learned from. */
  private final class Entity {
    final Random random = new Random(9);
    final Judge judge = new Judge(model, Duration.ofDays(1), false);
    final String name;
    final EntityState state;
    final double times;
    int sent;

    Entity(String name, double times) {
      this.name = name;
      this.state = EntityState.fresh(name, Sampled.FIELDS);
      this.times = times;
    }

    /** The p-value of its next record, one field of it off by so much. */
    double next(double off) {
      double[] x = noisy(random, times);
      x[1] += off;
      Run.Moment moment = Sampled.moment(x, sent, 0, sent++, false);
      return judge
          .judge(new Incoming(name, moment.time(), moment.source(), moment.observation()), state)
          .verdict()
          .pValue();
    }
  }

  private static double[] noisy(Random random, double times) {
    double t = random.nextGaussian();
    double u = random.nextGaussian();
    double[] x = {t, 2 * t, u, t - u};
    for (int j = 0; j < x.length; j++) {
      x[j] += 0.3 * times * random.nextGaussian();
    }
    return x;
  }
}
