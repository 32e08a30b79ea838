package io.kelbo.train;

import io.kelbo.encode.Encoder;
import io.kelbo.encode.WindowScale;
import io.kelbo.encode.Windows;
import io.kelbo.record.Field;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the fields that have a form over time: those that take more than two values, and totals
 * that do not stand still most of the time; where there are none, the states themselves are all
 * there is, and all numeric fields are taken.
 */
final class MeasuredFields {
  private static final int MORE_THAN = 2;

  private MeasuredFields() {}

  static int @Nullable [] choose(Fields fields, List<Run> runs) {
    int[] numeric =
        IntStream.range(0, fields.size())
            .filter(j -> fields.get(j).numeric() && !fields.get(j).target())
            .toArray();
    int[] measured =
        IntStream.of(numeric)
            .filter(j -> distinct(runs, j) > MORE_THAN && !standing(fields.get(j), runs, j))
            .toArray();
    int[] chosen = measured.length == 0 ? numeric : measured;
    return chosen.length == 0 ? null : chosen;
  }

  /** Whether a total stands still most of the time: each rise would be a form never seen. */
  private static boolean standing(Field field, List<Run> runs, int place) {
    if (!field.total()) {
      return false;
    }
    long known = 0;
    long still = 0;
    for (Run run : runs) {
      for (Run.Moment moment : run.moments()) {
        double growth = moment.observation().number(place);
        known += Double.isNaN(growth) ? 0 : 1;
        still += growth == 0 ? 1 : 0;
      }
    }
    return 2 * still > known;
  }

  private static int distinct(List<Run> runs, int field) {
    Set<Double> seen = new HashSet<>();
    for (Run run : runs) {
      for (Run.Moment moment : run.moments()) {
        double value = moment.observation().number(field);
        if (!Double.isNaN(value) && seen.add(value) && seen.size() > MORE_THAN) {
          return seen.size();
        }
      }
    }
    return seen.size();
  }

  /** Means and scales of the fields over the sample; what never changes takes the median scale. */
  static Windows scaled(int[] fields, List<Run> runs, int reach) {
    List<Observation> rows =
        runs.stream().flatMap(r -> r.moments().stream()).map(Run.Moment::observation).toList();
    double[] mean = new double[fields.length];
    double[] sd = new double[fields.length];
    boolean[] live = new boolean[fields.length];
    for (int c = 0; c < fields.length; c++) {
      int field = fields[c];
      double[] known =
          rows.stream().mapToDouble(o -> o.number(field)).filter(v -> !Double.isNaN(v)).toArray();
      double largest = 0;
      for (int i = 0; i < known.length; i++) {
        mean[c] += (known[i] - mean[c]) / (i + 1); // running, so that huge values do not overflow
        largest = Math.max(largest, Math.abs(known[i]));
      }
      mean[c] = Double.isFinite(mean[c]) ? mean[c] : 0;
      double squares = 0;
      for (double v : known) {
        squares += (v - mean[c]) * (v - mean[c]) / known.length;
      }
      sd[c] = Math.sqrt(squares);
      live[c] = sd[c] > 1e-6 * Math.max(largest, 1e-12) && Double.isFinite(sd[c]);
    }
    WindowScale.fillDead(sd, live);
    return new Windows(fields, mean, sd, reach, Encoder.SQUASH);
  }

  /** How many of the fields ever change. */
  static int live(int[] fields, List<Run> runs) {
    return (int) IntStream.of(fields).filter(j -> distinct(runs, j) > 1).count();
  }

  /** A measured value on the scale that windows use, for looking for a period. */
  static double standardised(Windows windows, int channel, double raw) {
    double z = (raw - windows.mean()[channel]) / windows.sd()[channel];
    return Double.isNaN(z) ? 0 : Encoder.squash(z);
  }
}
