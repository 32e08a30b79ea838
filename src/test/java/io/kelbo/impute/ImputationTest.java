package io.kelbo.impute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImputationTest {
  @TempDir private Path folder;

  private List<String> told(int columns) throws Exception {
    Random random = new Random(4);
    StringBuilder table = new StringBuilder(row(columns, j -> "c" + j));
    for (int r = 0; r < 40; r++) {
      double cause = random.nextGaussian();
      table.append(
          row(columns, j -> random.nextInt(9) == 0 ? "" : "" + (cause + random.nextGaussian())));
    }
    Path file = Files.writeString(folder.resolve("table.csv"), table);
    List<String> told = new ArrayList<>();
    Imputation.run(new ImputeOptions(file, null, 1, List.of(), false), told::add);
    return told;
  }

  private static String row(int columns, java.util.function.IntFunction<String> cell) {
    return IntStream.range(0, columns).mapToObj(cell).collect(Collectors.joining(",")) + "\n";
  }

  @Test
  void shouldSayWhichBlockOfAWideTableIsLearned() throws Exception {
    assertThat(told(60))
        .anyMatch(what -> what.startsWith("block 1 of 2: "))
        .anyMatch(what -> what.startsWith("block 2 of 2: "));
  }

  @Test
  void shouldNotSpeakOfBlocksWhereThereIsOne() throws Exception {
    assertThat(told(40)).isNotEmpty().noneMatch(what -> what.contains("block"));
  }
}
