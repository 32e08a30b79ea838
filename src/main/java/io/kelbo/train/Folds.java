package io.kelbo.train;

import io.kelbo.context.Recent;
import java.util.stream.IntStream;

/**
 * Blocked cross-validation with an embargo: what is scored out of sample shares neither time nor
 * context with what was learned from.
 */
final class Folds {
  /** How many blocks; the last is the newest, on which challengers meet the champion. */
  static final int COUNT = 5;

  private final int[] blocks;
  private final TrainingRows rows;

  Folds(TrainingRows rows) {
    this.rows = rows;
    this.blocks = rows.blocks(COUNT);
  }

  /** The rows of a block. */
  int[] inside(int fold) {
    return IntStream.range(0, blocks.length).filter(i -> blocks[i] == fold).toArray();
  }

  /** The rows to learn from for a block: neither in it nor within a context's length of it. */
  int[] outside(int fold) {
    return IntStream.range(0, blocks.length).filter(i -> !near(i, fold)).toArray();
  }

  private boolean near(int row, int fold) {
    int low = Math.max(0, row - Recent.WINDOW);
    int high = Math.min(blocks.length - 1, row + Recent.WINDOW);
    for (int i = low; i <= high; i++) {
      if (blocks[i] == fold && rows.run(i) == rows.run(row)) {
        return true;
      }
    }
    return false;
  }
}
