package io.kelbo.backtest.report;

import io.kelbo.backtest.ScoredRow;
import io.kelbo.model.FieldFinding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One field over a few rows: what came and what was expected, NaN where there is none.
 *
 * @param value (rows)
 * @param expected (rows)
 * @param low (rows) lower end of the interval
 * @param high (rows) upper end
 */
@SuppressWarnings("ArrayRecordComponent") // made for one picture, never shared
record ExpectedLine(double[] value, double[] expected, double[] low, double[] high) {
  static ExpectedLine of(
      String field,
      FieldScale scale,
      List<ScoredRow> rows,
      Map<Integer, List<FieldFinding>> findings) {
    int n = rows.size();
    ExpectedLine line =
        new ExpectedLine(new double[n], new double[n], new double[n], new double[n]);
    for (int i = 0; i < n; i++) {
      line.value[i] = scale.of(rows.get(i).incoming().observation());
      line.expected[i] = Double.NaN;
      line.low[i] = Double.NaN;
      line.high[i] = Double.NaN;
      for (FieldFinding finding : findings.getOrDefault(rows.get(i).place(), List.of())) {
        if (finding.name().equals(field)) {
          line.expected[i] = scale.of(finding.expected());
          line.low[i] = finding.low();
          line.high[i] = finding.high();
        }
      }
    }
    return line;
  }

  double[] places() {
    double[] places = new double[value.length];
    Arrays.setAll(places, i -> i);
    return places;
  }

  /** The lowest point of all lines; NaN where there is none. */
  double least() {
    return all().min().orElse(Double.NaN);
  }

  double most() {
    return all().max().orElse(Double.NaN);
  }

  private DoubleStream all() {
    return Stream.of(value, expected, low, high)
        .flatMapToDouble(Arrays::stream)
        .filter(x -> !Double.isNaN(x));
  }
}
