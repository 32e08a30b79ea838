package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.EntityState;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.Snapshots;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.record.Incoming;
import io.kelbo.record.Run;
import io.kelbo.score.Tails;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Repairs whose probabilities keep their word, on a stream with heavy tails. */
class TailLearningTest {
  private static final double LEVEL = 0.01;

  /** Two pairs, each of which agrees but for noise that is a Student's t of three degrees. */
  private static double[] heavy(Random random) {
    double t = random.nextGaussian();
    double u = random.nextGaussian();
    return new double[] {
      t + 0.3 * student(random), 2 * t + 0.3 * student(random), u, -u + 0.3 * student(random)
    };
  }

  private static double student(Random random) {
    double square = 0;
    for (int i = 0; i < 3; i++) {
      double e = random.nextGaussian();
      square += e * e / 3;
    }
    return random.nextGaussian() / Math.sqrt(square);
  }

  private static Model model(boolean repairing) {
    List<Run> runs = Sampled.runs(2, 1000, 3, TailLearningTest::heavy);
    return Sampled.model(
        Trainer.train(
            Sampled.LAYOUT, runs, Sampled.SETTINGS.repairing(repairing), Sampled.lineage(1, null)));
  }

  /** The share of values that were right and are replaced. */
  private static double taken(Model model) {
    Judge judge = new Judge(model, Duration.ofDays(1), true, LEVEL);
    EntityState state = EntityState.fresh("e9", Sampled.FIELDS);
    Random random = new Random(8);
    int taken = 0;
    for (int i = 0; i < 2000; i++) {
      Run.Moment moment = Sampled.moment(heavy(random), 5000 + i, 9, i, false);
      Incoming record = new Incoming("e9", moment.time(), moment.source(), moment.observation());
      taken +=
          (int)
              judge.judge(record, state).imputations().stream()
                  .filter(filled -> filled.repair() != null)
                  .count();
    }
    return taken / 8000.0;
  }

  @Test
  void shouldReplaceAsManyRightValuesAsTheLevelSays() {
    double learned = taken(model(true));
    double normal = taken(model(false));

    assertThat(learned).isBetween(0.003, 0.02);
    assertThat(normal).isGreaterThan(learned);
  }

  @Test
  void shouldKeepTheTailsInTheSnapshotAndOnlyWhereTheyAreAskedFor() throws UnreadableSnapshot {
    byte[] bytes = Snapshots.write(model(true));
    byte[] plain = Snapshots.write(model(false));

    assertThat(Snapshots.write(Snapshots.read(bytes))).isEqualTo(bytes);
    assertThat(Snapshots.read(bytes).tails()).isNotEqualTo(Tails.normal(Sampled.FIELDS.size()));
    assertThat(Snapshots.read(plain).tails()).isEqualTo(Tails.normal(Sampled.FIELDS.size()));
  }

  @Test
  void shouldLetAModelWithTailsFollowOneWithout() {
    List<Run> runs = Sampled.runs(2, 1000, 3, TailLearningTest::heavy);

    Outcome outcome =
        Trainer.train(
            Sampled.LAYOUT,
            runs,
            Sampled.SETTINGS.repairing(true),
            Sampled.lineage(2, model(false)));

    assertThat(outcome).isInstanceOf(Outcome.Promoted.class);
    assertThat(outcome.reason()).contains("knows how far values lie from what the others say");
  }
}
