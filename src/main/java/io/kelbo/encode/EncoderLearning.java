package io.kelbo.encode;

import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import java.util.ArrayList;
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
      Channel.Kind kind = channels.get(j).kind();
      if (kind == Channel.Kind.NUMBER || kind == Channel.Kind.COUNT) {
        int place = j;
        double[] values = means.stream().mapToDouble(m -> m[place]).toArray();
        channels.add(number(j, Channel.Kind.NUMBER, true, at, values));
        at++;
      }
    }
    return new Encoder(fields, channels);
  }

  private static Channel now(Fields fields, List<Observation> rows, int j, int at) {
    double[] values = rows.stream().mapToDouble(o -> o.number(j)).toArray();
    return switch (fields.get(j).kind()) {
      case QUANTITY -> number(j, Channel.Kind.NUMBER, false, at, values);
      case COUNT -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = StrictMath.log1p(Math.max(0, values[i])); // NaN stays NaN
        }
        yield number(j, Channel.Kind.COUNT, false, at, values);
      }
      case FLAG -> {
        double mean = mean(values);
        yield new Channel(j, Channel.Kind.FLAG, false, at, mean, 1, false, List.of());
      }
      case CATEGORY ->
          new Channel(j, Channel.Kind.CATEGORY, false, at, 0, 1, false, categories(rows, j));
    };
  }

  private static Channel number(
      int field, Channel.Kind kind, boolean recent, int at, double[] values) {
    double mean = mean(values);
    double squares = 0;
    double largest = 0;
    int n = 0;
    for (double v : values) {
      if (!Double.isNaN(v)) {
        squares += (v - mean) * (v - mean);
        largest = Math.max(largest, Math.abs(v));
        n++;
      }
    }
    double sd = n > 0 ? Math.sqrt(squares / n) : 0;
    boolean constant = !(sd > SMALLEST_SHARE * Math.max(largest, 1e-12)) || !Double.isFinite(sd);
    if (constant) {
      double level = CONSTANT_SHARE * Math.abs(mean);
      sd = level > 0 && Double.isFinite(level) ? level : CONSTANT_AT_ZERO;
    }
    return new Channel(field, kind, recent, at, mean, sd, constant, List.of());
  }

  private static double mean(double[] values) {
    double mean = 0;
    int n = 0;
    for (double v : values) {
      if (!Double.isNaN(v)) {
        n++;
        mean += (v - mean) / n; // running, so that huge values do not overflow a sum
      }
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
