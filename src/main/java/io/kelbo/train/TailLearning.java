package io.kelbo.train;

import io.kelbo.context.Recent;
import io.kelbo.record.Observation;
import io.kelbo.score.Doubts;
import io.kelbo.score.Scorer;
import io.kelbo.score.Tails;
import java.util.ArrayList;
import java.util.List;

/** Learns how far the values of a sample lie from what the others of their records say. */
final class TailLearning {
  private static final int MOST = 4000; // rows: more move no quantile
  // What is as far out as that must not make its neighbours look far out too.
  private static final double FAR = 0.001;

  private TailLearning() {}

  /**
   * @param scorer of the network that will score
   */
  static Tails learn(Scorer scorer, TrainingRows rows) {
    int fields = rows.observations().get(0).fields().size();
    Doubts doubts = new Doubts(scorer, Tails.normal(fields));
    Recent recent = new Recent(fields);
    int step = (rows.size() + MOST - 1) / MOST;
    List<double[]> all = new ArrayList<>();
    for (int r = 0; r < rows.size(); r += step) {
      Observation row = rows.observations().get(r).withoutTargets();
      rows.surroundings(r, recent);
      scorer.score(row, recent);
      doubts.find(row, FAR);
      all.add(doubts.residuals());
    }
    List<double[]> residuals = new ArrayList<>();
    for (int j = 0; j < fields; j++) {
      int place = j;
      residuals.add(
          all.stream().mapToDouble(row -> row[place]).filter(v -> !Double.isNaN(v)).toArray());
    }
    return Tails.of(residuals);
  }
}
