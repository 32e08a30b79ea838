package io.kelbo.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Range precision, recall and false positive rate of scores at thresholds, for one buffer after
 * another; see {@link RangeQuality}. Each row is known by the first threshold that flags it, so
 * that a buffer is one pass over the rows and one over the thresholds.
 */
final class RangeCurves {
  private static final int THRESHOLDS = 250;

  private final int rows;
  private final boolean[] strange; // (rows) series by series
  private final int[] step; // (rows) the first threshold that flags it
  private final double[] hits = new double[THRESHOLDS]; // strange rows that it is the first for
  private final double[] misses = new double[THRESHOLDS]; // normal ones
  private final List<Stretch> stretches = new ArrayList<>();
  private final double[] soft; // (rows) how strange the labels nearby make it
  private int positives;

  /** Strange rows side by side, and the rows of their series; ends are exclusive. */
  private record Stretch(int begin, int end, int first, int last) {}

  record Areas(double pr, double roc) {}

  RangeCurves(double[] scores, boolean[] strange, int[] series) {
    this.rows = scores.length;
    int[] order = bySeries(series);
    this.strange = new boolean[rows];
    this.step = new int[rows];
    this.soft = new double[rows];
    double[] thresholds = thresholds(scores);
    for (int i = 0; i < rows; i++) {
      this.strange[i] = strange[order[i]];
      step[i] = firstAtMost(thresholds, scores[order[i]]);
      (this.strange[i] ? hits : misses)[step[i]]++;
      positives += this.strange[i] ? 1 : 0;
    }
    for (int first = 0, last; first < rows; first = last) {
      for (last = first; last < rows && series[order[last]] == series[order[first]]; ) {
        last++;
      }
      stretches(first, last);
    }
  }

  /** The rows of each series together, in order: a stable sort by counting. */
  private static int[] bySeries(int[] series) {
    int[] begin = new int[Arrays.stream(series).max().orElse(0) + 2];
    for (int s : series) {
      begin[s + 1]++;
    }
    for (int s = 1; s < begin.length; s++) {
      begin[s] += begin[s - 1];
    }
    int[] order = new int[series.length];
    for (int i = 0; i < series.length; i++) {
      order[begin[series[i]]++] = i;
    }
    return order;
  }

  /** Scores at equal distances of rank, from the highest to the lowest. */
  private static double[] thresholds(double[] scores) {
    double[] ascending = scores.clone();
    Arrays.sort(ascending);
    double[] thresholds = new double[scores.length == 0 ? 0 : THRESHOLDS];
    for (int k = 0; k < thresholds.length; k++) {
      int rank = (int) ((long) k * (scores.length - 1) / (THRESHOLDS - 1));
      thresholds[k] = ascending[scores.length - 1 - rank];
    }
    return thresholds;
  }

  private static int firstAtMost(double[] descending, double score) {
    int low = 0;
    int high = descending.length - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (descending[middle] <= score) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void stretches(int first, int last) {
    for (int begin = first; begin < last; begin++) {
      if (strange[begin]) {
        int end = begin;
        while (end < last && strange[end]) {
          end++;
        }
        stretches.add(new Stretch(begin, end, first, last));
        begin = end;
      }
    }
  }

  /** Whether there are no strange rows, or no others. */
  boolean oneKind() {
    return positives == 0 || positives == rows;
  }

  /**
   * With soft labels l, which fall from 1 at a stretch as {@code √(1 - d / buffer)} at distance d
   * to buffer / 2, and the sums over the flagged rows: {@code recall = Σ l / (P + ½ Σ l of normal
   * rows) · noticed / stretches}, {@code precision = Σ l / flagged}, {@code fpr = (flagged - Σ l) /
   * (rows - P - ½ Σ l of normal rows)}.
   *
   * @param buffer in rows, both sides of a stretch together
   */
  Areas areas(int buffer) {
    double[] nearby = nearby(buffer); // soft labels of normal rows, by threshold
    double[] noticed = noticed(buffer / 2);
    double ranges = Arrays.stream(noticed).sum();
    double hit = 0;
    double near = 0;
    double seen = 0;
    double flagged = 0;
    double recall = 0;
    double fpr = 0;
    double pr = 0;
    double roc = 0;
    for (int k = 0; k < THRESHOLDS; k++) {
      hit += hits[k];
      near += nearby[k];
      seen += noticed[k];
      flagged += hits[k] + misses[k];
      double all = positives + 0.5 * near;
      double nextRecall = Math.min(1, (hit + near) / all) * seen / ranges;
      double nextFpr = (flagged - hit - near) / (rows - all);
      pr += (nextRecall - recall) * (hit + near) / flagged;
      roc += (nextFpr - fpr) * 0.5 * (nextRecall + recall);
      recall = nextRecall;
      fpr = nextFpr;
    }
    return new Areas(pr, roc + (1 - fpr) * 0.5 * (1 + recall)); // where all is flagged: (1, 1)
  }

  private double[] nearby(int buffer) {
    Arrays.fill(soft, 0);
    for (int distance = 1; distance <= buffer / 2; distance++) {
      double worth = Math.sqrt(1 - (double) distance / buffer);
      for (Stretch stretch : stretches) {
        if (stretch.begin - distance >= stretch.first) {
          soft[stretch.begin - distance] += worth;
        }
        if (stretch.end - 1 + distance < stretch.last) {
          soft[stretch.end - 1 + distance] += worth;
        }
      }
    }
    double[] nearby = new double[THRESHOLDS];
    for (int i = 0; i < rows; i++) {
      if (!strange[i] && soft[i] > 0) {
        nearby[step[i]] += Math.min(1, soft[i]);
      }
    }
    return nearby;
  }

  /** How many stretches, widened to both sides, each threshold is the first to flag a row of. */
  private double[] noticed(int reach) {
    double[] noticed = new double[THRESHOLDS];
    for (int s = 0, next; s < stretches.size(); s = next) {
      Stretch from = stretches.get(s);
      Stretch to = from;
      next = s + 1;
      while (next < stretches.size() && meets(to, stretches.get(next), reach)) {
        to = stretches.get(next++);
      }
      int earliest = THRESHOLDS;
      int last = Math.min(to.last, to.end + reach);
      for (int i = Math.max(from.first, from.begin - reach); i < last; i++) {
        earliest = Math.min(earliest, step[i]);
      }
      noticed[earliest]++;
    }
    return noticed;
  }

  /** Whether two stretches of one series are one when both are widened. */
  private static boolean meets(Stretch one, Stretch next, int reach) {
    return one.first == next.first && one.end - 1 + reach >= next.begin - reach;
  }
}
