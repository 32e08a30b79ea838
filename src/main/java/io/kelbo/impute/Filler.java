package io.kelbo.impute;

import java.util.List;

/** A way to fill holes, learned from a grid; it may have several answers, such as temperatures. */
interface Filler {
  /**
   * Fills the holes of some rows; the others stay as they are.
   *
   * @param grid the very grid it was learned from, where that is to be filled: rows are then not
   *     their own examples
   * @param wanted (rows)
   * @return always as many fillings, in the same order
   */
  List<Filled> fill(Grid grid, boolean[] wanted);

  /** The first filling of all rows. */
  default Filled fill(Grid grid) {
    boolean[] all = new boolean[grid.rows];
    java.util.Arrays.fill(all, true);
    return fill(grid, all).get(0);
  }
}
