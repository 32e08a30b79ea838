package io.kelbo.impute;

import java.util.ArrayList;
import java.util.List;

/**
 * Parts a wide grid into blocks of columns that go together, each filled by itself: the work on a
 * block grows with the cube of its width.
 */
final class Blocks {
  private static final int WIDEST = 48; // places
  private static final int MOST_ROWS = 2000; // that tell which columns go together

  private Blocks() {}

  /**
   * @param owners (width) the column of each place; those of one column stay together
   * @return the places of each block, ascending
   */
  static List<int[]> of(Grid whole, int[] owners, long seed) {
    List<int[]> blocks = new ArrayList<>();
    if (whole.width <= WIDEST) {
      int[] all = java.util.stream.IntStream.range(0, whole.width).toArray();
      return whole.width == 0 ? blocks : List.of(all);
    }
    Grid grid = whole.sample(MOST_ROWS, seed);
    boolean[] taken = new boolean[grid.width];
    for (int first = 0; first < grid.width; first++) {
      if (!taken[first]) {
        blocks.add(block(grid, owners, first, taken));
      }
    }
    return blocks;
  }

  /** The first place left and the columns most correlated with it, as many as fit. */
  private static int[] block(Grid grid, int[] owners, int first, boolean[] taken) {
    List<Integer> left = new ArrayList<>();
    double[] bond = new double[grid.width];
    for (int j = first; j < grid.width; j++) {
      if (!taken[j]) {
        bond[j] = owners[j] == owners[first] ? 2 : correlation(grid, first, j);
        left.add(j);
      }
    }
    left.sort((a, b) -> Double.compare(bond[b], bond[a])); // stable
    List<Integer> block = new ArrayList<>();
    for (int j : left) {
      List<Integer> column = new ArrayList<>();
      for (int k : left) {
        if (owners[k] == owners[j] && !taken[k]) {
          column.add(k);
        }
      }
      if (block.isEmpty() || block.size() + column.size() <= WIDEST) {
        column.forEach(k -> taken[k] = true);
        block.addAll(column);
      }
      if (block.size() >= WIDEST) {
        break;
      }
    }
    return block.stream().mapToInt(j -> j).sorted().toArray();
  }

  /** Absolute correlation over the rows that know both. */
  private static double correlation(Grid grid, int a, int b) {
    double both = 0;
    double squares = 0;
    double others = 0;
    for (int r = 0; r < grid.rows; r++) {
      if (grid.known[r][a] && grid.known[r][b]) {
        both += grid.values[r][a] * grid.values[r][b];
        squares += grid.values[r][a] * grid.values[r][a];
        others += grid.values[r][b] * grid.values[r][b];
      }
    }
    double scale = Math.sqrt(squares * others);
    return scale > 0 ? Math.abs(both) / scale : 0;
  }
}
