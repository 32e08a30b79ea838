package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that cannot be filled: what is wrong is said, and nothing is left behind. */
class ImputeRefusalTest {
  private final Path folder;
  private final Path out;

  ImputeRefusalTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out.csv");
  }

  private Path file(String name, String content) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  private void refuses(String content, String... words) throws IOException {
    Path table = file("bad.csv", content);
    Shell shell = Shell.run("impute", table.toString(), "--out", out.toString());
    assertThat(shell.code()).isEqualTo(2);
    assertThat(shell.err()).contains("bad.csv").contains(words).doesNotContain("\tat ");
    assertThat(folder.resolve("out.csv")).doesNotExist();
    assertThat(folder.resolve("out.csv.partial")).doesNotExist();
  }

  @Test
  void shouldSayWhatIsWrongWithATableAndLeaveNothingBehind() throws IOException {
    refuses("", "empty");
    refuses("a,b\n", "not one row");
    refuses("a,b\n1,2\n1\n", "line 3", "1 cells");
    refuses("a,a\n1,2\n", "'a'", "twice");
    refuses("a,b\n1,\n2,NaN\n", "column 'b'", "no value");
    refuses("a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\noops\n", "line 12", "column 'a'", "'oops'");
    refuses("a,id\n1,ab\n2,cd\n3,\n", "line 4", "column 'id'", "all different");
  }

  @Test
  void shouldNeverWriteOverWhatItReads() throws IOException {
    String content = "a,b\n1,2\n2,\n3,5\n";
    Path table = file("t.csv", content);
    Path train = file("train.csv", content);
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), table);

    for (Path taken : new Path[] {table, train, link}) {
      Shell shell =
          Shell.run(
              "impute", table.toString(), "--train", train.toString(), "--out", taken.toString());

      assertThat(shell.code()).isEqualTo(2);
      assertThat(shell.err()).contains("--out is '" + taken, "used already");
    }
    assertThat(table).hasContent(content);
    assertThat(train).hasContent(content);
  }

  @Test
  void shouldRefuseNamesThatStandardDeviationsWouldTake() throws IOException {
    Path table = file("t.csv", "a,a__sd\n1,2\n2,\n3,5\n");

    Shell shell = Shell.run("impute", table.toString(), "--uncertainty", "--out", out.toString());

    assertThat(shell.code()).isEqualTo(2);
    assertThat(shell.err()).contains("t.csv", "'a__sd' already", "--uncertainty");
    assertThat(out).doesNotExist();
  }

  @Test
  void shouldRefuseOtherColumnsThanWereLearned() throws IOException {
    Path train = file("train.csv", "a,b\n1,2\n2,3\n");
    Path table = file("t.csv", "a,c\n1,\n");

    Shell shell = Shell.run("impute", table.toString(), "--train", train.toString());

    assertThat(shell.code()).isEqualTo(2);
    assertThat(shell.err()).contains("t.csv", "train.csv", "[b]", "[c]");
  }

  @Test
  void shouldRefuseFilesThatAreCutMissingOrFolders() throws IOException {
    Path whole = folder.resolve("whole.gz");
    try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(whole))) {
      gzip.write("x,y\n1.5,2.5\n".repeat(200).getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut =
        Files.write(folder.resolve("cut.gz"), java.util.Arrays.copyOf(bytes, bytes.length - 12));

    assertThat(Shell.run("impute", cut.toString()).code()).isEqualTo(2);
    assertThat(Shell.run("impute", cut.toString()).err()).contains("cut.gz", "cut off");
    assertThat(Shell.run("impute", folder + "/none.csv").err()).contains("does not exist");
    assertThat(Shell.run("impute", folder.toString()).err()).contains("is a folder");
    assertThat(Shell.run("impute", whole.toString(), "--out", folder + "/no/out.csv").err())
        .contains("--out is '", "cannot be written");
  }
}
