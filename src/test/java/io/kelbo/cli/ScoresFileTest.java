package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoresFileTest {
  private final Path folder;

  ScoresFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void shouldLookAtWhereScoresGoBeforeItReadsAnything() throws IOException {
    String ragged = file("ragged.csv", "a,b\n1,2\n3\n").toString();
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), Path.of(ragged));

    Shell nowhere = Shell.run("backtest", ragged, "--scores", folder + "/no/scores.csv");
    Shell over = Shell.run("backtest", ragged, "--scores", link.toString());
    Shell ours =
        Shell.run("backtest", ragged, "--label", "p_value", "--scores", folder + "/scores.csv");

    assertThat(nowhere.err()).contains("--scores is '", "cannot be written");
    assertThat(over.code()).isEqualTo(2);
    assertThat(over.err()).contains("link.csv' but that file is used already");
    assertThat(ours.code()).isEqualTo(2);
    assertThat(ours.err()).contains("--label names column 'p_value'", "rename it");
  }

  @Test
  void shouldGzipScoresWhoseNameSaysSo() throws IOException {
    Path scores = folder.resolve("scores.csv.gz");
    StringBuilder csv = new StringBuilder("speed\n");
    for (int i = 0; i < 300; i++) {
      csv.append(Math.sin(i) + 0.1 * (i % 7)).append('\n');
    }
    String rows = file("rows.csv", csv.toString()).toString();

    Shell shell = Shell.run("backtest", rows, "--train-rows", "200", "--scores", scores.toString());

    assertThat(shell.code()).isZero();
    try (InputStream plain = new GZIPInputStream(Files.newInputStream(scores))) {
      assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines()).hasSize(101);
    }
  }
}
