package io.kelbo.impute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawTableReaderTest {
  private final Path folder;

  RawTableReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String content) throws IOException {
    return Files.write(folder.resolve("table.csv"), content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldFindCellsBetweenQuotesBreaksAndMarks() throws Exception {
    Path file = file("\uFEFFgröße;\"a \"\"b\"\"\"\r\n\r\n 1 ;\"x;\ny\"\r\n;z");

    RawTable table = RawTableReader.read(file);

    assertThat(table.header).containsExactly("größe", "a \"b\"");
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.cell(0, 0)).isEqualTo("1");
    assertThat(table.cell(0, 1)).isEqualTo("x;\ny");
    assertThat(table.cell(1, 0)).isEmpty();
    assertThat(table.cell(1, 1)).isEqualTo("z");
    assertThat(table.line(0)).isEqualTo(3);
    assertThat(table.line(1)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,b\\n1,2\\n3\\n                | line 3 has 1 cells but the header has 2 columns",
        "a,b\\n1,2,3\\n                  | line 2 has 3 cells",
        "a,a\\n1,2\\n                    | column 'a' stands twice",
        "a,,c\\n1,2,3\\n                 | column 2 of the header has no name",
        "a,b\\n                          | not one row below it",
        "a,b\\n1,\"2\\n3,4\\n            | line 2 opens a quote that is never closed",
        "a,b\\n1,\"2\"x\\n               | line 2 has 'x' after a closing quote",
      })
  void shouldNameFileAndLineOfWhatIsWrong(String content, String complaint) throws IOException {
    Path file = file(content.replace("\\n", "\n"));

    assertThatThrownBy(() -> RawTableReader.read(file))
        .isInstanceOf(UnusableTable.class)
        .hasMessageContaining("table.csv")
        .hasMessageContaining(complaint);
  }

  @Test
  void shouldRefuseAnEmptyFile() throws IOException {
    Path file = file("");

    assertThatThrownBy(() -> RawTableReader.read(file)).hasMessageContaining("the file is empty");
  }
}
