package io.kelbo.encode;

import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Learns the scales and categories of an {@link Encoder} from a window of observations. */
public final class EncoderLearning {
  private static final int MOST_CATEGORIES = 64;
  // A field that never changed has no measured noise: one fiftieth of its level is taken, a quarter
  // where the level is zero, so that a small change is odd but does not drown all other fields.
  private static final double CONSTANT_SHARE = 0.02;
  private static final double CONSTANT_AT_ZERO = 0.25;
  private static final double SMALLEST_SHARE = 1e-6;
  // A scale is learned from what lies within ten times the range of the middle 98 % around the
  // median: one absurd value among hundreds must not make all others equal.
  private static final double FENCE = 10;
  private static final double EDGE = 0.01;
  // Fewer values have no edges; fewer means of recent values no scale: that channel is left out.
  private static final int LEAST_KNOWN = 30;

  private EncoderLearning() {}

  /**
   * @param rows what was seen
   * @param means for each row the (fields) means of recent values
   * @param context whether the means become channels
   */
  public static Encoder learn(
      Fields fields, List<Observation> rows, List<double[]> means, boolean context) {
    List<Channel> channels = new ArrayList<>();
    int at = 0;
    for (int j = 0; j < fields.size(); j++) {
      Channel channel = now(fields, rows, j, at);
      channels.add(channel);
      at += channel.width();
    }
    for (int j = 0; context && j < fields.size(); j++) {
      if (fields.get(j).target()) {
        continue; // what it was lately would tell of itself
      }
      Channel.Kind kind = channels.get(j).kind();
      if (kind == Channel.Kind.NUMBER || kind == Channel.Kind.COUNT) {
        int place = j;
        double[] values = means.stream().mapToDouble(m -> m[place]).toArray();
        if (Arrays.stream(values).filter(v -> !Double.isNaN(v)).count() >= LEAST_KNOWN) {
          channels.add(number(j, Channel.Kind.NUMBER, true, at, values));
          at++;
        }
      }
    }
    return new Encoder(fields, channels);
  }

  private static Channel now(Fields fields, List<Observation> rows, int j, int at) {
    double[] values = rows.stream().mapToDouble(o -> o.number(j)).toArray();
    return switch (fields.get(j).kind()) {
      case QUANTITY -> number(j, Channel.Kind.NUMBER, false, at, values);
      case COUNT -> count(j, at, values);
      case TOTAL ->
          fields.get(j).counted()
              ? count(j, at, values)
              : number(j, Channel.Kind.NUMBER, false, at, values);
      case FLAG -> {
        double[] known = known(values);
        double sd = known.length == 0 ? Channel.NEVER_SEEN : 1;
        yield new Channel(j, Channel.Kind.FLAG, false, at, mean(known), sd, false, List.of());
      }
      case CATEGORY ->
          new Channel(j, Channel.Kind.CATEGORY, false, at, 0, 1, false, categories(rows, j));
    };
  }

  private static Channel count(int field, int at, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = StrictMath.log1p(Math.max(0, values[i])); // NaN stays NaN
    }
    return number(field, Channel.Kind.COUNT, false, at, values);
  }

  private static Channel number(
      int field, Channel.Kind kind, boolean recent, int at, double[] values) {
    double[] known = known(values);
    if (known.length == 0) {
      return new Channel(field, kind, recent, at, 0, Channel.NEVER_SEEN, true, List.of());
    }
    double median = known[known.length / 2];
    double[] used = withinFence(known, median);
    double mean = mean(used);
    double squares = 0;
    double largest = 0;
    for (double v : used) {
      squares += (v - mean) * (v - mean);
      largest = Math.max(largest, Math.abs(v));
    }
    double sd = Math.sqrt(squares / used.length);
    if (!Double.isFinite(sd)) {
      mean = median;
    }
    boolean constant = !(sd > SMALLEST_SHARE * Math.max(largest, 1e-12)) || !Double.isFinite(sd);
    if (constant) {
      double level = CONSTANT_SHARE * Math.abs(mean);
      sd = level > 0 ? level : CONSTANT_AT_ZERO;
    }
    return new Channel(field, kind, recent, at, mean, sd, constant, List.of());
  }

  /** What is not missing, ascending. */
  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
  }

  private static double[] withinFence(double[] ascending, double median) {
    int edge = ascending.length < LEAST_KNOWN ? 0 : Math.max(1, (int) (EDGE * ascending.length));
    double range = ascending[ascending.length - 1 - edge] - ascending[edge];
    return range > 0
        ? Arrays.stream(ascending).filter(v -> Math.abs(v - median) <= FENCE * range).toArray()
        : ascending;
  }

  private static double mean(double[] values) {
    double mean = 0;
    int n = 0;
    for (double v : values) {
      n++;
      mean += (v - mean) / n; // running, so that huge values do not overflow a sum
    }
    return Double.isFinite(mean) ? mean : 0;
  }

  private static List<String> categories(List<Observation> rows, int j) {
    Map<String, Integer> counts = new HashMap<>();
    for (Observation row : rows) {
      String text = row.text(j);
      if (text != null) {
        counts.merge(text, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_CATEGORIES)
        .map(Map.Entry::getKey)
        .toList();
  }
}
