package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KelboTest {
  private final Path folder;

  KelboTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private String config(String bootstrap) throws IOException {
    String yaml =
        "kafka: { bootstrap.servers: '%s' }\ninput: { topic: plant }\n".formatted(bootstrap);
    return Files.writeString(folder.resolve("kelbo.yaml"), yaml).toString();
  }

  @Test
  void shouldTellItsVersion() {
    Shell shell = Shell.run("--version");

    assertThat(shell.code()).isZero();
    assertThat(shell.out()).startsWith("kelbo ").contains("Java");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "check",
        "status",
        "health",
        "broker",
        "simulate",
        "reset",
        "model",
        "demo",
        "backtest"
      })
  void shouldExplainEveryCommand(String command) {
    Shell shell = Shell.run(command, "--help");

    assertThat(shell.code()).isZero();
    assertThat(shell.out()).contains("Usage: kelbo " + command);
    assertThat(Shell.run("--help").out()).contains("  " + command + " ");
  }

  @Test
  void shouldExplainTheExitCodes() {
    assertThat(Shell.run("--help").out())
        .contains("Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 not reachable.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rnu",
        "run --nope",
        "model",
        "model promote",
        "model promote seven",
        "demo --for soon",
        "demo --for -PT1S",
        "broker --port many",
        "broker --port 70000",
        "simulate --rate 0",
        "simulate --bootstrap nowhere",
        "health --address nowhere",
        "health --within soon",
        "backtest",
        "backtest no-such-file.csv",
        "backtest pom.xml --retrain often",
        "backtest pom.xml --budget lots",
        "backtest pom.xml --train-rows -1",
        "check --config no-such-file.yaml",
      })
  void shouldRefuseBadUsageInOneSentence(String words) {
    Shell shell = Shell.run(words.isEmpty() ? new String[0] : words.split(" "));

    assertThat(shell.code()).isEqualTo(2);
    assertThat(shell.err()).startsWith("kelbo").doesNotContain("\tat ", "Exception");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void shouldSayAllThatIsWrongWithTheConfiguration() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.yaml"), "kafka: { bootstrap.servers: nowhere }\nhttp.port: x\n");

    for (String command : new String[] {"run", "check", "status", "reset"}) {
      Shell shell = Shell.run(command, "--config", file.toString());

      assertThat(shell.code()).isEqualTo(2);
      assertThat(shell.err())
          .contains("bad.yaml' has 3 problems", "kafka.bootstrap.servers is 'nowhere'")
          .contains("line 2: http.port is 'x'", "input.topic is missing")
          .doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run", "check", "status", "reset", "simulate", "model list", "model rollback"})
  void shouldSayAtOnceThatNothingListens(String words) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String[] command = (words + " --config " + config("127.0.0.1:" + port)).split(" ");
    Instant begin = Instant.now();

    Shell shell = Shell.run(command);

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
    assertThat(shell.code()).isEqualTo(3);
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err())
        .contains("kafka.bootstrap.servers is '127.0.0.1:" + port + "' but nothing listens there")
        .contains("Start Kafka, or correct the address.");
  }

  @Test
  void shouldSayInTimeThatWhatListensIsNoKafka() throws IOException {
    try (ServerSocket mute = new ServerSocket(0)) {
      Instant begin = Instant.now();

      Shell shell = Shell.run("check", "-c", config("127.0.0.1:" + mute.getLocalPort()));

      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
      assertThat(shell.code()).isEqualTo(3);
      assertThat(shell.err().lines()).hasSize(1);
      assertThat(shell.err()).contains("no Kafka answers there in time");
    }
  }

  @Test
  void shouldSayThatTheHostIsUnknown() throws IOException {
    Shell shell = Shell.run("status", "-c", config("no-such-host.invalid:9092"));

    assertThat(shell.code()).isEqualTo(3);
    assertThat(shell.err()).contains("no-such-host.invalid:9092", "unknown host");
  }
}
