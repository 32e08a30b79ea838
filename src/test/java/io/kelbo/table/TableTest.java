package io.kelbo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
  private final Path folder;

  TableTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String content) throws IOException {
    return Files.write(folder.resolve("table.csv"), content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldFindCellsBetweenQuotesBreaksAndMarks() throws Exception {
    Path file = file("\uFEFFgröße;\"a \"\"b\"\"\"\r\n\r\n 1 ;\"x;\ny\"\r\n;z");

    Table table = Table.read(file);

    assertThat(table.header()).containsExactly("größe", "a \"b\"");
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
        "a,b\\n1,2\\n3\\n                | line 3 has 1 cells but the header has 2 columns: column 'b' is missing",
        "a,b\\n1,2,3\\n                  | line 2 has 3 cells but the header has 2 columns: '3' stands beyond column 'b'",
        "a,a\\n1,2\\n                    | line 1: column 'a' stands twice",
        "a,,c\\n1,2,3\\n                 | line 1: column 2 of the header has no name",
        "\\n\\na,,c\\n1,2,3\\n           | line 3: column 2 of the header has no name",
        "a,b\\n                          | not one row below it",
        "a,b\\n1,\"2\\n3,4\\n            | line 2: a quote opens in column 2 and never closes",
        "a,b\\n1,\"2\"x\\n               | line 2 has 'x' after a closing quote in column 2",
      })
  void shouldNameFileAndLineOfWhatIsWrong(String content, String complaint) throws IOException {
    Path file = file(content.replace("\\n", "\n"));

    assertThatThrownBy(() -> Table.read(file))
        .isInstanceOf(BadTable.class)
        .hasMessageContaining("table.csv")
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a;b;c\",d\\n\"1\",2\\n      | [a;b;c, d] | 1",
        "\"a,b\\nc\";d;e\\n1;2;3\\n     | [a,b\\nc, d, e] | 1",
        "\\n\\n  \\na,b\\n1,2\\n      | [a, b] | 1",
        "a\\tb\\n \\t2\\n              | [a, b] | ``",
        "a , \"b\" \\n 1 , \"2\" \\n    | [a, b] | 1",
      })
  void shouldReadTheSameColumnsHoweverTheyAreWritten(String content, String header, String first)
      throws Exception {
    Table table = Table.read(file(unescaped(content)));

    assertThat(table.header()).hasToString(unescaped(header));
    assertThat(table.rows()).isEqualTo(1);
    assertThat(table.cell(0, 0)).isEqualTo(first);
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t");
  }

  @Test
  void shouldNameTheLineOfBytesThatAreNotUtf8() throws IOException {
    Path file = folder.resolve("table.csv");
    Files.write(file, "a,b\n1,2\n3,°\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Table.read(file)).hasMessageContaining("line 3: there are bytes");
  }

  @Test
  void shouldSayHowFarAGzipCouldBeRead() throws IOException {
    StringBuilder rows = new StringBuilder("a,b\n");
    Random random = new Random(1);
    for (int r = 0; r < 20_000; r++) {
      rows.append(random.nextInt()).append(',').append(random.nextInt()).append('\n');
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(rows.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> Table.read(cut))
        .hasMessageMatching(".*cut.gz: the gzip data is damaged or cut off in line [0-9]{4,5} .*")
        .hasMessageContaining("whole copy");
  }

  @Test
  void shouldRefuseAnEmptyFile() throws IOException {
    Path file = file("");

    assertThatThrownBy(() -> Table.read(file)).hasMessageContaining("the file is empty");
  }
}
