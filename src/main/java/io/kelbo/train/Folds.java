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

  /**
   * The rows to learn from for a block: neither in it nor within a context's length of it. Where
   * that leaves less than half of the others, as with many entities of few records each, the
   * distance is halved until it does.
   */
  int[] outside(int fold) {
    int others = blocks.length - inside(fold).length;
    for (int embargo = Recent.WINDOW; ; embargo /= 2) {
      int distance = embargo;
      int[] far = IntStream.range(0, blocks.length).filter(i -> !near(i, fold, distance)).toArray();
      if (embargo == 0 || 2 * far.length >= others) {
        return far;
      }
    }
  }

  private boolean near(int row, int fold, int distance) {
    int low = Math.max(0, row - distance);
    int high = Math.min(blocks.length - 1, row + distance);
    for (int i = low; i <= high; i++) {
      if (blocks[i] == fold && rows.run(i) == rows.run(row)) {
        return true;
      }
    }
    return false;
  }
}
