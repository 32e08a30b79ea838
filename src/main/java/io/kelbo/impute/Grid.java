package io.kelbo.impute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A table as numbers: standardised values and which of them are known. Read only once it is built.
 */
final class Grid {
  final int rows;
  final int width;
  final double[][] values; // (rows, width); 0 where unknown
  final boolean[][] known; // (rows, width)

  Grid(double[][] values, boolean[][] known) {
    this.rows = values.length;
    this.width = rows == 0 ? 0 : values[0].length;
    this.values = values;
    this.known = known;
  }

  /** A cell by row and place. */
  record Cell(int row, int place) {}

  /** How many cells are known. */
  int knownCells() {
    int count = 0;
    for (boolean[] row : known) {
      for (boolean cell : row) {
        count += cell ? 1 : 0;
      }
    }
    return count;
  }

  /** Rows that know the same cells. */
  record Group(int[] known, int[] unknown, int[] rows) {}

  /** All rows, by which cells they know, in order of appearance. */
  List<Group> groups() {
    Map<String, List<Integer>> byPattern = new LinkedHashMap<>();
    char[] pattern = new char[width];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < width; j++) {
        pattern[j] = known[r][j] ? '1' : '0';
      }
      byPattern.computeIfAbsent(new String(pattern), p -> new ArrayList<>()).add(r);
    }
    List<Group> groups = new ArrayList<>();
    byPattern.forEach(
        (p, at) ->
            groups.add(
                new Group(places(p, '1'), places(p, '0'), at.stream().mapToInt(r -> r).toArray())));
    return groups;
  }

  private static int[] places(String pattern, char wanted) {
    return java.util.stream.IntStream.range(0, pattern.length())
        .filter(j -> pattern.charAt(j) == wanted)
        .toArray();
  }

  /**
   * Cells to hold out: a share of the known ones. Each row keeps at least one cell, and each place
   * half of its cells.
   *
   * @param tied (width) places of one column bear the same number and are hidden together
   */
  List<Cell> heldOut(double share, int[] tied, long seed) {
    Random random = new Random(seed);
    int[] left = new int[width];
    for (boolean[] row : known) {
      for (int j = 0; j < width; j++) {
        left[j] += row[j] ? 1 : 0;
      }
    }
    int[] most = Arrays.stream(left).map(n -> n / 2).toArray();
    List<Cell> cells = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      int remain = 0;
      for (int j = 0; j < width; j++) {
        remain += known[r][j] && first(tied, j) ? 1 : 0;
      }
      for (int j = 0; j < width; j++) {
        if (known[r][j] && first(tied, j) && random.nextDouble() < share) {
          if (remain > 1 && most[j] > 0) {
            remain--;
            most[j]--;
            for (int k = j; k < width && tied[k] == tied[j]; k++) {
              cells.add(new Cell(r, k));
            }
          }
        }
      }
    }
    return cells;
  }

  /** A share of the known cells of one place. */
  List<Cell> heldOut(int place, double share, long seed) {
    Random random = new Random(seed);
    List<Cell> cells = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      if (known[r][place] && random.nextDouble() < share) {
        cells.add(new Cell(r, place));
      }
    }
    return cells;
  }

  private static boolean first(int[] tied, int j) {
    return j == 0 || tied[j] != tied[j - 1];
  }

  /** The same rows, not knowing these cells. */
  Grid without(List<Cell> cells) {
    double[][] fewer = new double[rows][];
    boolean[][] less = new boolean[rows][];
    for (int r = 0; r < rows; r++) {
      fewer[r] = values[r].clone();
      less[r] = known[r].clone();
    }
    for (Cell cell : cells) {
      fewer[cell.row()][cell.place()] = 0;
      less[cell.row()][cell.place()] = false;
    }
    return new Grid(fewer, less);
  }

  /** All rows at some places only. */
  Grid part(int[] places) {
    double[][] fewer = new double[rows][places.length];
    boolean[][] less = new boolean[rows][places.length];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < places.length; j++) {
        fewer[r][j] = values[r][places[j]];
        less[r][j] = known[r][places[j]];
      }
    }
    return new Grid(fewer, less);
  }

  /** At most so many of the rows, drawn by a seed, in their order. */
  Grid sample(int most, long seed) {
    if (rows <= most) {
      return this;
    }
    return rows(new Random(seed).ints(0, rows).distinct().limit(most).sorted().toArray());
  }

  /** These rows, sharing their arrays. */
  Grid rows(int[] chosen) {
    return new Grid(
        Arrays.stream(chosen).mapToObj(r -> values[r]).toArray(double[][]::new),
        Arrays.stream(chosen).mapToObj(r -> known[r]).toArray(boolean[][]::new));
  }
}
