package io.kelbo.train;

import io.kelbo.context.Trace;
import io.kelbo.encode.WindowShape;
import io.kelbo.encode.Windows;
import io.kelbo.record.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The windows of a sample, cut as scoring cuts them: one row a record, run by run in order of
 * arrival.
 */
final class WindowRows {
  private final List<Run> runs;
  private final Windows windows;
  private final List<Run.Moment> moments = new ArrayList<>();
  private final List<Integer> depths = new ArrayList<>();
  private int[] blocks = {};

  WindowRows(List<Run> ordered, Windows windows) {
    this.runs = ordered;
    this.windows = windows;
    for (Run run : ordered) {
      int depth = 0;
      for (Run.Moment moment : run.moments()) {
        moments.add(moment);
        depths.add(++depth);
      }
    }
  }

  /** Told each record's recent values in turn. */
  interface Visitor {
    void visit(int row, double[] values, double[] sums);
  }

  /** Walks through all records, in the order of the rows. */
  void walk(Visitor visitor) {
    int reach = windows.reach();
    double[] values = new double[windows.channels() * reach];
    double[] sums = new double[windows.channels() * (reach + 1)];
    int row = 0;
    for (Run run : runs) {
      Trace trace = Trace.empty(windows.fields(), reach);
      for (Run.Moment moment : run.moments()) {
        trace.add(moment.observation());
        trace.unroll(values, reach);
        windows.standardise(values, sums);
        visitor.visit(row++, values, sums);
      }
    }
  }

  /** (rows) of (features), not yet scaled. */
  List<double[]> cut(WindowShape shape) {
    List<double[]> rows = new ArrayList<>(size());
    walk(
        (row, values, sums) -> {
          double[] window = new double[shape.features(windows.channels())];
          windows.cut(shape, values, sums, window);
          rows.add(window);
        });
    return rows;
  }

  int size() {
    return moments.size();
  }

  Run.Moment moment(int row) {
    return moments.get(row);
  }

  /** How many records of its run there were at a row, itself included. */
  int depth(int row) {
    return depths.get(row);
  }

  /** For each row, which of {@code count} equal blocks of time it falls into; 0 is the oldest. */
  int[] blocks(int count) {
    if (blocks.length == 0) {
      Integer[] order = new Integer[size()];
      java.util.Arrays.setAll(order, i -> i);
      java.util.Arrays.sort(order, Comparator.comparing(i -> moments.get(i).time())); // stable
      blocks = new int[size()];
      for (int rank = 0; rank < order.length; rank++) {
        blocks[order[rank]] = (int) ((long) rank * count / order.length);
      }
    }
    return blocks;
  }
}
