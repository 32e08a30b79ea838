package io.kelbo.train;

import io.kelbo.context.Recent;
import io.kelbo.encode.Encoder;
import io.kelbo.score.Crowd;
import io.kelbo.score.Patterns;
import io.kelbo.score.Pool;
import io.kelbo.score.Scorer;
import io.kelbo.vae.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns the {@link Crowd} of rows without order: its pool from held-out rows, itself from all of
 * them; and scores each row by a crowd that it was not in, for calibration.
 */
final class CrowdLearning {
  private static final Pool UNPOOLED = new Pool(1, 1, 1);

  private final Encoder encoder;
  private final Patterns patterns;
  private final TrainingRows rows;
  private final Fitting fitting;
  private final long seed;
  private final List<Held> held = new ArrayList<>();

  /** A block, and what learned from the others. */
  private record Held(Network network, Crowd crowd, List<Integer> block) {}

  CrowdLearning(Encoder encoder, Patterns patterns, TrainingRows rows, Fitting fitting, long seed) {
    this.encoder = encoder;
    this.patterns = patterns;
    this.rows = rows;
    this.fitting = fitting;
    this.seed = seed;
  }

  /**
   * Takes in a block.
   *
   * @param network what learned from {@code others}
   */
  void add(Network network, int[] others, int[] block) {
    Crowd crowd = Crowd.learn(encoder, fitting.rows(others), UNPOOLED, seed);
    held.add(new Held(network, crowd, Arrays.stream(block).boxed().toList()));
  }

  /** The crowd of all rows; every row is scored anew by the crowd that it was held out of. */
  Crowd settle(int[] all, CrossValidation scores) {
    Pool pool = pool();
    for (Held one : held) {
      Scorer scorer = new Scorer(encoder, one.network(), patterns, one.crowd().pooled(pool));
      scores.score(scorer, one.block().stream().mapToInt(Integer::intValue).toArray());
    }
    return Crowd.learn(encoder, fitting.rows(all), pool, seed);
  }

  private Pool pool() {
    double[] sums = new double[3];
    double observed = 0;
    Recent recent = new Recent(encoder.fields().size());
    for (Held one : held) {
      Scorer scorer = new Scorer(encoder, one.network(), patterns, one.crowd());
      for (int place : one.block()) {
        rows.surroundings(place, recent);
        scorer.score(rows.observations().get(place), recent);
        double[] parts = scorer.parts();
        for (int v = 0; v < sums.length; v++) {
          sums[v] += parts[v];
        }
        observed += Arrays.stream(scorer.workspace().mask).sum();
      }
    }
    return Pool.tempered(sums[0], sums[1], sums[2], observed);
  }
}
