package io.kelbo.train;

import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.score.Readout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a sample that have a target, evenly thinned, and what they say of it.
 *
 * @param rows their places among the training rows
 * @param truth the encoded number, or the class's place
 * @param classes in alphabetical order; empty for a number
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never written
record Labelled(int[] rows, double[] truth, List<String> classes) {
  private static final int LEAST = 30; // rows with the target
  private static final int MOST = 5000; // rows: more cost time and teach little

  /**
   * @throws Untold if they are too few, say one thing only, or too many different ones
   */
  static Labelled of(Encoder encoder, TrainingRows sample, int target) throws Untold {
    int[] all = all(sample, target);
    if (all.length < LEAST) {
      throw new Untold(
          "%d records of the sample have it, %d are needed".formatted(all.length, LEAST));
    }
    boolean number = encoder.fields().get(target).numeric();
    List<String> seen = seen(sample, all, target);
    Channel channel = encoder.channels().get(target);
    if (seen.size() < 2 || channel.constant()) {
      throw new Untold("it is '%s' in every record that has it".formatted(seen.get(0)));
    }
    if (!number && seen.size() > Readout.MOST_CLASSES) {
      throw new Untold(
          "it has %d different values, more than the %d classes that can be told apart"
              .formatted(seen.size(), Readout.MOST_CLASSES));
    }
    int step = (all.length + MOST - 1) / MOST;
    int[] rows = IntStream.range(0, all.length / step).map(i -> all[i * step]).toArray();
    double[] truth = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Observation row = sample.observations().get(rows[i]);
      truth[i] =
          number
              ? Encoder.squash((row.number(target) - channel.mean()) / channel.sd())
              : seen.indexOf(String.valueOf(row.text(target)));
    }
    return new Labelled(rows, truth, number ? List.of() : seen);
  }

  /** How many targets these rows show enough of to be told. */
  static long tellable(TrainingRows sample, Fields fields) {
    return IntStream.range(0, fields.size())
        .filter(j -> fields.get(j).target())
        .filter(
            j -> {
              int[] all = all(sample, j);
              int values = all.length < LEAST ? 0 : seen(sample, all, j).size();
              return values > 1 && (fields.get(j).numeric() || values <= Readout.MOST_CLASSES);
            })
        .count();
  }

  private static int[] all(TrainingRows sample, int target) {
    return IntStream.range(0, sample.size())
        .filter(r -> !sample.observations().get(r).missing(target))
        .toArray();
  }

  private static List<String> seen(TrainingRows sample, int[] rows, int target) {
    return Arrays.stream(rows)
        .mapToObj(r -> String.valueOf(sample.observations().get(r).value(target)))
        .distinct()
        .sorted()
        .toList();
  }

  /** Which block of time each row is in. */
  int[] blocks(TrainingRows sample) {
    int[] times = sample.blocks(Folds.COUNT);
    return Arrays.stream(rows).map(r -> times[r]).toArray();
  }
}
