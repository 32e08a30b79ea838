package io.kelbo.latent;

import io.kelbo.kernel.Cholesky;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Orders of rows: along a learned direction of the latent space, and how two orders agree. */
public final class Order {
  private Order() {}

  /**
   * Places along the direction in which {@code known} grows: ridge regression on the latent means,
   * one row's worth of penalty.
   *
   * @param known (rows), NaN where unknown; those rows are placed too
   */
  public static double[] along(List<LatentSpace.Place> places, double[] known) {
    int latent = places.get(0).mean().size();
    int width = latent + 1;
    double[] a = new double[width * width];
    double[] b = new double[width];
    for (int r = 0; r < known.length; r++) {
      for (int i = 0; !Double.isNaN(known[r]) && i < width; i++) {
        b[i] += feature(places.get(r), i) * known[r];
        for (int j = 0; j < width; j++) {
          a[i * width + j] += feature(places.get(r), i) * feature(places.get(r), j);
        }
      }
    }
    for (int i = 0; i < width; i++) {
      a[i * width + i] += i < latent ? 1 : 1e-9;
    }
    if (!Cholesky.factor(a, width)) {
      throw new ArithmeticException("no row knows its place, so there is no direction to learn");
    }
    Cholesky.solve(a, width, b, 0);
    double[] score = new double[places.size()];
    for (int r = 0; r < score.length; r++) {
      for (int i = 0; i < width; i++) {
        score[r] += b[i] * feature(places.get(r), i);
      }
    }
    return score;
  }

  private static double feature(LatentSpace.Place place, int i) {
    return i < place.mean().size() ? place.mean().get(i) : 1;
  }

  /** Spearman's rank correlation over the rows where both are known; NaN with fewer than three. */
  public static double agreement(double[] one, double[] other) {
    int[] rows =
        IntStream.range(0, one.length)
            .filter(r -> !Double.isNaN(one[r]) && !Double.isNaN(other[r]))
            .toArray();
    double[] a = ranks(Arrays.stream(rows).mapToDouble(r -> one[r]).toArray());
    double[] b = ranks(Arrays.stream(rows).mapToDouble(r -> other[r]).toArray());
    double middle = (rows.length + 1) / 2.0;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < rows.length; i++) {
      ab += (a[i] - middle) * (b[i] - middle);
      aa += (a[i] - middle) * (a[i] - middle);
      bb += (b[i] - middle) * (b[i] - middle);
    }
    return rows.length < 3 ? Double.NaN : ab / Math.sqrt(aa * bb);
  }

  /** Ranks from 1; equal values share theirs. */
  private static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] ranks = new double[values.length];
    for (int i = 0; i < order.length; ) {
      int end = i;
      while (end < order.length && values[order[end]] == values[order[i]]) {
        end++;
      }
      for (int k = i; k < end; k++) {
        ranks[order[k]] = (i + 1 + end) / 2.0;
      }
      i = end;
    }
    return ranks;
  }
}
