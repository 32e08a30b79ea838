package io.kelbo.impute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlocksTest {
  /** Places j and j + 50 say the same. */
  private static Grid wide() {
    Random random = new Random(1);
    double[][] values = new double[200][100];
    boolean[][] known = new boolean[200][100];
    for (int r = 0; r < values.length; r++) {
      Arrays.fill(known[r], true);
      for (int j = 0; j < 50; j++) {
        values[r][j] = random.nextGaussian();
        values[r][j + 50] = values[r][j];
      }
    }
    return new Grid(values, known);
  }

  @Test
  void shouldKeepWhatGoesTogetherInOneBlock() {
    int[] owners = java.util.stream.IntStream.range(0, 100).toArray();

    List<int[]> blocks = Blocks.of(wide(), owners, 1);

    int[] first = blocks.get(0);
    assertThat(blocks.stream().flatMapToInt(Arrays::stream).sorted().toArray()).isEqualTo(owners);
    assertThat(blocks).allMatch(block -> block.length <= 48);
    assertThat(first).contains(0, 50);
  }

  @Test
  void shouldNotPartAColumn() {
    int[] owners = java.util.stream.IntStream.range(0, 100).map(j -> j / 10).toArray();

    List<int[]> blocks = Blocks.of(wide(), owners, 1);

    for (int column = 0; column < 10; column++) {
      int wanted = column;
      assertThat(blocks)
          .filteredOn(block -> Arrays.stream(block).anyMatch(j -> owners[j] == wanted))
          .hasSize(1);
    }
  }
}
