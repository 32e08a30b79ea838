package io.kelbo.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A normal stream with faults put into it, each in one field or two, far enough apart that no
 * window holds two. What was put in is known; nothing learns from it.
 */
final class FaultyStream {
  private static final int APART = 140; // records; joint windows reach back 128 at most
  private static final double LEAST = 4; // standard deviations of the field
  private static final double MOST = 8;

  /** A fault: its fields, and the record at which it is to be explained. */
  record Injected(FaultKind kind, List<Integer> fields, int at) {
    Injected {
      fields = List.copyOf(fields);
    }
  }

  final double[][] rows; // (rows, fields)
  final List<Injected> faults = new ArrayList<>();
  private final double[][] normal;
  private final double[] mean;
  private final double[] sd;
  private final Random random;

  /**
   * @param normal (rows, fields) free of faults; copied
   * @param candidates fields that move, and so can be told to be wrong
   */
  FaultyStream(double[][] normal, int[] candidates, long seed) {
    this.normal = normal;
    this.rows = Arrays.stream(normal).map(double[]::clone).toArray(double[][]::new);
    int fields = normal[0].length;
    this.mean = new double[fields];
    this.sd = new double[fields];
    this.random = new Random(seed);
    for (int j = 0; j < fields; j++) {
      int field = j;
      mean[j] = Arrays.stream(normal).mapToDouble(row -> row[field]).average().orElse(0);
      sd[j] =
          Math.sqrt(
              Arrays.stream(normal)
                  .mapToDouble(row -> (row[field] - mean[field]) * (row[field] - mean[field]))
                  .average()
                  .orElse(0));
    }
    FaultKind[] kinds = FaultKind.values();
    int at = APART;
    for (int n = 0; at + APART < rows.length; n++) {
      FaultKind kind = kinds[n % kinds.length];
      int first = candidates[random.nextInt(candidates.length)];
      int second = first;
      while (kind.pair() && second == first) {
        second = candidates[random.nextInt(candidates.length)];
      }
      put(kind, first, second, at);
      faults.add(
          new Injected(
              kind, kind.pair() ? List.of(first, second) : List.of(first), at + kind.records - 1));
      at += kind.records + APART;
    }
  }

  private void put(FaultKind kind, int field, int second, int from) {
    double size = (random.nextBoolean() ? 1 : -1) * (LEAST + (MOST - LEAST) * random.nextDouble());
    double other = (random.nextBoolean() ? 1 : -1) * (LEAST + (MOST - LEAST) * random.nextDouble());
    int elsewhere = random.nextInt(normal.length - kind.records);
    for (int k = 0; k < kind.records; k++) {
      double[] row = rows[from + k];
      switch (kind) {
        case SPIKE, SHIFT -> row[field] += size * sd[field];
        case STUCK -> row[field] = normal[from - 1][field];
        case NOISE -> row[field] += size * sd[field] * random.nextGaussian();
        case OFFSET -> row[field] += size * sd[field] * (k + 1) / kind.records;
        case BROKEN -> row[field] = normal[elsewhere + k][field];
        case PAIR_SHIFT -> {
          row[field] += size * sd[field];
          row[second] += other * sd[second];
        }
        case PAIR_SWAP -> {
          double a = (normal[from + k][field] - mean[field]) / sd[field];
          double b = (normal[from + k][second] - mean[second]) / sd[second];
          row[field] = mean[field] + b * sd[field];
          row[second] = mean[second] + a * sd[second];
        }
      }
    }
  }

  /**
   * Quantities that mix a few slow causes, each in its own unit, in three regimes that take turns,
   * each with its own mix; with noise of three tenths.
   *
   * @return (rows, fields)
   */
  static double[][] plant(int count, int fields, long seed) {
    Random random = new Random(seed);
    int causes = fields / 4 + 1;
    double[][] mix = new double[fields][causes];
    double[][] level = new double[3][fields];
    double[] unit = new double[fields];
    for (int j = 0; j < fields; j++) {
      unit[j] = Math.pow(10, random.nextInt(5) - 2);
      for (int c = 0; c < causes; c++) {
        mix[j][c] = random.nextGaussian();
      }
      for (double[] of : level) {
        of[j] = random.nextGaussian();
      }
    }
    double[] cause = new double[causes];
    double[][] all = new double[count][fields];
    int regime = 0;
    for (double[] row : all) {
      regime = random.nextInt(300) == 0 ? random.nextInt(level.length) : regime;
      for (int c = 0; c < causes; c++) {
        cause[c] = 0.95 * cause[c] + 0.31 * random.nextGaussian();
      }
      for (int j = 0; j < fields; j++) {
        double sum = level[regime][j] + 0.3 * random.nextGaussian();
        for (int c = 0; c < causes; c++) {
          sum += mix[j][c] * cause[c];
        }
        row[j] = unit[j] * (20 + sum);
      }
    }
    return all;
  }
}
