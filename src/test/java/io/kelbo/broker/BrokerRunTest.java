package io.kelbo.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerRunTest {
  /** What runs in the other JVM. */
  static final class Main {
    private Main() {}

    public static void main(String[] none) {
      System.exit(
          BrokerRun.run(0, null, new PrintWriter(System.out, true, StandardCharsets.UTF_8)));
    }
  }

  @Test
  void shouldSayWhereItListensAndLeaveNothingBehindAtSigterm(@TempDir Path temporary)
      throws Exception {
    Process process =
        JavaProcess.of(List.of("-Djava.io.tmpdir=" + temporary), Main.class)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      Matcher first =
          Pattern.compile("Kafka listens on 127\\.0\\.0\\.1:\\d+ \\(this machine only\\)\\.")
              .matcher(String.valueOf(lines.readLine()));
      assertThat(first.matches()).isTrue();
      assertThat(brokers(temporary)).isEqualTo(1);

      process.destroy();

      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
      assertThat(brokers(temporary)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static long brokers(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(f -> f.getFileName().toString().startsWith("kelbo-broker-")).count();
    }
  }
}
