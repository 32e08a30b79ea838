package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run}, told to end before it has scored a record: that is no failure either. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndedRunTest {
  private final Path folder;
  private final EmbeddedBroker broker;

  EndedRunTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic("empty", 2, (short) 1))).all().get();
    }
  }

  @AfterAll
  void close() {
    broker.close();
  }

  @ParameterizedTest(name = "while it says: {1}")
  @CsvSource({
    "absent, Waiting up to 15 s for topic 'absent', which does not exist yet.",
    "empty, Kelbo 'kelbo' watches 'empty';"
  })
  void shouldEndWithZeroAtSigtermThoughThereIsNoModel(String topic, String said) throws Exception {
    String config =
        """
        kafka: { bootstrap.servers: "%s" }
        input: { topic: %s, from: earliest }
        http: { port: 0 }
        state: { dir: "%s" }
        """
            .formatted(broker.bootstrap(), topic, folder.resolve("state"));
    Process run = Shell.apart("run", "--config", file(topic, config));
    try (BufferedReader lines = run.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.lines().anyMatch(line -> line.startsWith(said))).as(said).isTrue();

      run.destroy(); // SIGTERM

      assertThat(run.waitFor(20, TimeUnit.SECONDS)).as("ends within 20 s").isTrue();
      assertThat(run.exitValue()).isZero();
    } finally {
      run.destroyForcibly();
    }
  }

  private String file(String topic, String config) throws Exception {
    return Files.writeString(folder.resolve(topic + ".yaml"), config).toString();
  }
}
