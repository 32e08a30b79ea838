package io.kelbo.impute;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to fill and what to learn from.
 *
 * @param file the table with holes
 * @param train learned from instead, with the same columns; null to learn from {@code file} itself
 * @param seed same tables and seed give the same answer, byte for byte
 * @param doubted cells of {@code file} that count as holes
 * @param uncertainty whether columns of standard deviations are added
 */
public record ImputeOptions(
    Path file, @Nullable Path train, long seed, List<Place> doubted, boolean uncertainty) {
  public ImputeOptions {
    doubted = List.copyOf(doubted);
  }

  /**
   * A cell.
   *
   * @param row from 0, the header not counted
   */
  public record Place(int row, String column) {}
}
