package io.kelbo.train;

import io.kelbo.record.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records a day of the whole stream, from a thinned sample: offsets count the records that the
 * sample left out. The middle nine tenths are used, so that one absurd time does not set the rate.
 */
final class StreamRate {
  /** A shorter sample says little of a day: it is taken to have lasted this long. */
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private static final double CUT = 0.05;

  private StreamRate() {}

  static double recordsPerDay(List<Run> runs) {
    Map<String, List<Run.Moment>> partitions = new HashMap<>();
    for (Run run : runs) {
      for (Run.Moment moment : run.moments()) {
        partitions
            .computeIfAbsent(
                moment.source().topic() + "/" + moment.source().partition(),
                key -> new ArrayList<>())
            .add(moment);
      }
    }
    double perDay = 0;
    for (List<Run.Moment> moments : partitions.values()) {
      perDay += perDay(moments);
    }
    return Math.max(perDay, 1);
  }

  private static double perDay(List<Run.Moment> moments) {
    double[] offsets = moments.stream().mapToDouble(m -> m.source().offset()).sorted().toArray();
    List<Run.Moment> byTime = new ArrayList<>(moments);
    byTime.sort(Comparator.comparing(Run.Moment::time));
    int n = offsets.length;
    int low = (int) (CUT * n);
    int high = n - 1 - low;
    double millis = Duration.between(byTime.get(low).time(), byTime.get(high).time()).toMillis();
    double share = (high - low + 1.0) / n;
    millis = Math.max(millis, SHORTEST.toMillis() * share);
    return (offsets[high] - offsets[low] + 1) / millis * Duration.ofDays(1).toMillis();
  }
}
