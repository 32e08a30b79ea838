package io.kelbo.train;

import io.kelbo.encode.Encoder;
import io.kelbo.model.Footing;
import io.kelbo.model.Ground;
import io.kelbo.model.Yardstick;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How each field behaved from block to block of the training window, and where that window lay. */
final class GroundLearning {
  // Blocks longer than those of the stream (512 records) would vary less than these do.
  private static final int LONGEST = 512;
  private static final int SHORTEST = 25;
  private static final int WANTED = 20;
  private static final int LEAST = 8;

  private GroundLearning() {}

  /**
   * @param rows what was learned from; fewer than 200 have no footings
   */
  static Ground learn(
      Encoder encoder, TrainingRows rows, List<Run> runs, Map<String, String> settings) {
    int length = Math.max(SHORTEST, Math.min(LONGEST, rows.size() / WANTED));
    int count = rows.size() / length;
    List<Footing> footings = new ArrayList<>();
    if (count >= LEAST) {
      int[] blocks = rows.blocks(count);
      Yardstick yardstick = new Yardstick(encoder);
      for (int j = 0; j < yardstick.fields(); j++) {
        footings.add(footing(yardstick, rows, blocks, count, j));
      }
    }
    return new Ground(settings, extents(runs), footings.isEmpty() ? 0 : count, footings);
  }

  private static Footing footing(
      Yardstick yardstick, TrainingRows rows, int[] blocks, int count, int field) {
    double[] sums = new double[count];
    double[] squares = new double[count];
    int[] present = new int[count];
    int[] all = new int[count];
    for (int i = 0; i < rows.size(); i++) {
      int block = blocks[i];
      double value = yardstick.of(rows.observations().get(i), field);
      all[block]++;
      if (!Double.isNaN(value)) {
        present[block]++;
        sums[block] += value;
        squares[block] += value * value;
      }
    }
    double[] missing = new double[count];
    List<Double> means = new ArrayList<>();
    List<Double> spreads = new ArrayList<>();
    for (int block = 0; block < count; block++) {
      missing[block] = 1 - (double) present[block] / Math.max(1, all[block]);
      if (present[block] > 0) {
        double mean = sums[block] / present[block];
        means.add(mean);
        spreads.add(Drift.logVariance(squares[block] / present[block] - mean * mean));
      }
    }
    double[] mean = means.stream().mapToDouble(v -> v).toArray();
    double[] spread = spreads.stream().mapToDouble(v -> v).toArray();
    return new Footing(
        mean(mean),
        deviation(mean),
        mean(spread),
        deviation(spread),
        mean(missing),
        deviation(missing));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value / values.length;
    }
    return sum;
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / Math.max(1, values.length - 1));
  }

  private static List<Ground.Extent> extents(List<Run> runs) {
    Map<String, Ground.Extent> extents = new TreeMap<>();
    for (Run run : runs) {
      for (Run.Moment moment : run.moments()) {
        Source at = moment.source();
        extents.merge(
            at.topic() + "/" + at.partition(),
            new Ground.Extent(at.topic(), at.partition(), at.offset(), at.offset()),
            (a, b) ->
                new Ground.Extent(
                    a.topic(),
                    a.partition(),
                    Math.min(a.first(), b.first()),
                    Math.max(a.last(), b.last())));
      }
    }
    return List.copyOf(extents.values());
  }
}
