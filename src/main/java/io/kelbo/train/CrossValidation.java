package io.kelbo.train;

import io.kelbo.context.Recent;
import io.kelbo.decide.Standard;
import io.kelbo.encode.Encoder;
import io.kelbo.record.Run;
import io.kelbo.score.Patterns;
import io.kelbo.score.Scorer;
import io.kelbo.vae.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;

/** Scores and losses of each row by a network that did not learn from it. */
final class CrossValidation {
  private final TrainingRows rows;
  private final Encoder encoder;
  private final Patterns patterns;
  private final long seed;
  private final double[] scores;
  private final double[] nll;
  private final boolean[] done;

  CrossValidation(TrainingRows rows, Encoder encoder, Patterns patterns, long seed) {
    this.rows = rows;
    this.encoder = encoder;
    this.patterns = patterns;
    this.seed = seed;
    this.scores = new double[rows.size()];
    this.nll = new double[rows.size()];
    this.done = new boolean[rows.size()];
  }

  /** Takes in a block, scored by a network that learned from the others. */
  void add(Network network, int[] places) {
    double[] losses = new HeldOut(encoder, network).nll(rows, places, seed);
    score(network, places);
    for (int i = 0; i < places.length; i++) {
      nll[places[i]] = losses[i];
      done[places[i]] = true;
    }
  }

  private void score(Network network, int[] places) {
    score(new Scorer(encoder, network, patterns), places);
  }

  /** Scores rows anew, by what did not learn from them. */
  void score(Scorer scorer, int[] places) {
    Recent recent = new Recent(encoder.fields().size());
    for (int place : places) {
      rows.surroundings(place, recent);
      scorer.score(rows.observations().get(place), recent);
      scores[place] = scorer.comparable();
    }
  }

  /**
   * Scores anew, by the network that learned from all, the blocks that no other block foresaw: half
   * of such a block lies beyond the largest twentieth of the others, as where a machine was started
   * up once. Their scores say how far the block is from the rest, not how far a normal record is
   * from the model that will score; left in, nothing would ever alarm. The same goes for the
   * records that were flagged until they were usual: where they began, no other block knew them.
   *
   * @return how many blocks
   */
  int settle(Network all, Folds folds) {
    List<int[]> unforeseen = new ArrayList<>();
    for (int fold = 0; fold < Folds.COUNT; fold++) {
      int[] inside = folds.inside(fold);
      boolean[] in = new boolean[scores.length];
      for (int place : inside) {
        in[place] = true;
      }
      double[] own = Arrays.stream(inside).mapToDouble(i -> scores[i]).sorted().toArray();
      double[] others =
          IntStream.range(0, scores.length)
              .filter(i -> !in[i])
              .mapToDouble(i -> scores[i])
              .sorted()
              .toArray();
      if (own[own.length / 2] > others[(int) (0.95 * others.length)]) {
        unforeseen.add(inside);
      }
    }
    unforeseen.forEach(inside -> score(all, inside));
    score(all, rows.flagged());
    return unforeseen.size();
  }

  /** This one's losses minus another's, over the rows that both have seen so far. */
  Comparison against(CrossValidation other) {
    int[] seen = IntStream.range(0, done.length).filter(i -> other.done[i]).toArray();
    return Comparison.of(
        Arrays.stream(seen).mapToDouble(i -> nll[i]).toArray(),
        Arrays.stream(seen).mapToDouble(i -> other.nll[i]).toArray());
  }

  /** What records are held against, each entity's by its own median. */
  Standard standard() {
    return standardWithout(new int[0]);
  }

  /** As if some rows had not been there: what they may be judged by. */
  Standard standardWithout(int[] places) {
    return Standard.ofEntities(stretches(places));
  }

  /** What records are held against where entities are not followed. */
  Standard standardOfRecords() {
    return Standard.ofRecords(stretches(new int[0]));
  }

  /**
   * Scores run by run.
   *
   * @param places rows that are left out
   */
  private List<Standard.Stretch> stretches(int[] places) {
    boolean[] left = new boolean[scores.length];
    Arrays.stream(places).forEach(place -> left[place] = true);
    List<Standard.Stretch> stretches = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= scores.length; i++) {
      if (i == scores.length || rows.run(i) != rows.run(from)) {
        double[] stretch =
            IntStream.range(from, i).filter(k -> !left[k]).mapToDouble(k -> scores[k]).toArray();
        if (stretch.length > 0) {
          stretches.add(new Standard.Stretch(rows.entity(from), stretch));
        }
        from = i;
      }
    }
    return stretches;
  }

  /** (rows) scores out of sample, in nats. */
  double[] scores() {
    return scores;
  }

  /** The same, by the records themselves. */
  IdentityHashMap<Run.Moment, Double> byMoment() {
    IdentityHashMap<Run.Moment, Double> map = new IdentityHashMap<>();
    for (int i = 0; i < scores.length; i++) {
      map.put(rows.moments().get(i), scores[i]);
    }
    return map;
  }

  /** (rows) negative log-likelihood of hidden cells, in nats. */
  double[] nll() {
    return nll;
  }
}
