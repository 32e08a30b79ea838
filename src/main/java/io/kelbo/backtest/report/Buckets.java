package io.kelbo.backtest.report;

import java.util.function.IntToDoubleFunction;

/**
 * Rows thinned for drawing: equal stretches of consecutive rows, each of which is shown by its most
 * extreme row, so that no peak is lost however many rows there are.
 *
 * @param rows how many rows there are
 * @param count how many stretches
 */
record Buckets(int rows, int count) {
  /** As many stretches as rows, but no more than can be told apart. */
  static Buckets of(int rows, int most) {
    return new Buckets(rows, Math.min(rows, most));
  }

  int from(int bucket) {
    return (int) ((long) bucket * rows / count);
  }

  /** Past the last row. */
  int to(int bucket) {
    return (int) ((long) (bucket + 1) * rows / count);
  }

  /** (count) the middle row of each, for the x axis. */
  double[] middles() {
    double[] middles = new double[count];
    for (int b = 0; b < count; b++) {
      middles[b] = 0.5 * (from(b) + to(b) - 1);
    }
    return middles;
  }

  /** (count) the largest figure in each; NaN where none is a number. */
  double[] largest(IntToDoubleFunction figure) {
    double[] largest = new double[count];
    for (int b = 0; b < count; b++) {
      largest[b] = Double.NaN;
      for (int r = from(b); r < to(b); r++) {
        double value = figure.applyAsDouble(r);
        if (!Double.isNaN(value) && !(value <= largest[b])) {
          largest[b] = value;
        }
      }
    }
    return largest;
  }

  /** (count) the smallest figure in each; NaN where none is a number. */
  double[] smallest(IntToDoubleFunction figure) {
    double[] negative = largest(r -> -figure.applyAsDouble(r));
    for (int b = 0; b < count; b++) {
      negative[b] = -negative[b];
    }
    return negative;
  }

  /** (count) the mean figure in each; NaN where none is a number. */
  double[] mean(IntToDoubleFunction figure) {
    double[] mean = new double[count];
    for (int b = 0; b < count; b++) {
      double sum = 0;
      int known = 0;
      for (int r = from(b); r < to(b); r++) {
        double value = figure.applyAsDouble(r);
        if (!Double.isNaN(value)) {
          sum += value;
          known++;
        }
      }
      mean[b] = known == 0 ? Double.NaN : sum / known;
    }
    return mean;
  }
}
