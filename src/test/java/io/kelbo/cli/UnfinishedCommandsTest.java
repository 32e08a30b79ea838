package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.JavaProcess;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that cannot finish say why, and leave no part of what they would have written. */
class UnfinishedCommandsTest {
  private final Path folder;

  UnfinishedCommandsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void shouldLeaveNothingBehindWhereItIsInterrupted() throws Exception {
    StringBuilder rows = new StringBuilder("x,y\n");
    for (int r = 0; r < 60; r++) {
      rows.append(r % 7).append(".5,").append(r % 11).append(".5\n");
    }
    String table = Files.writeString(folder.resolve("table.csv"), rows).toString();
    Path out = folder.resolve("out.csv");
    Path partial = folder.resolve("out.csv.partial");

    Process process =
        Shell.apart("generate", "--count", "1000000000", "--train", table, "--out", out.toString());
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(partial) && Files.size(partial) > 0);
      process.toHandle().destroy(); // SIGTERM, as Ctrl-C ends it

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(partial).doesNotExist();
      assertThat(out).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldSayThatAFileIsTooLargeForTheMemory() throws Exception {
    Path large = folder.resolve("large.csv");
    byte[] rows = "1.5,2.5\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    try (OutputStream bytes = Files.newOutputStream(large)) {
      bytes.write("x,y\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 40; i++) {
        bytes.write(rows);
      }
    }
    Path scores = folder.resolve("scores.csv");

    Process process =
        JavaProcess.of(
                List.of("-Xmx40m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                Kelbo.class,
                "backtest",
                large.toString(),
                "--scores",
                scores.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(Failures.FAILED);
    assertThat(said)
        .contains("kelbo backtest: ", "MB of memory are too few", "KELBO_OPTS=-Xmx")
        .doesNotContain("\tat ");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(large);
    }
  }
}
